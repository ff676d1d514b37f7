"""How the group's leaders keep in touch with the companies: every call and visit, logged (R87)."""
