"""The plan as files that leave: PDF, Word, Excel, IATI and a folder of web pages."""
