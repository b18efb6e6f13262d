"""The demonstration, and the files under PANOH_HOME by which its database is known."""

SIGN_INS = "demo-sign-ins.json"
BEGUN = "demo-begun"
