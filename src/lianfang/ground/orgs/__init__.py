"""Units, sites, posts, users: who belongs where and who may do what."""
