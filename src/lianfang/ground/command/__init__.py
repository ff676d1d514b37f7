"""Who commands the response: the leading group, responsible departments, liaison leaders (R42)."""
