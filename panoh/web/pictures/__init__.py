"""Pictures as plain shapes and numbers: laid out here, drawn by the templates in `components/`, no Django."""
