"""Who may do what, where: permissions, grants, and policies that answer both yes/no and as SQL."""
