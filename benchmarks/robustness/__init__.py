"""What the project is tried with: damage, kills, hostile input, changed code; and that it is built again byte for byte."""
