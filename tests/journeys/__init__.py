"""Long ways through the whole server, with kill -9 on them."""
