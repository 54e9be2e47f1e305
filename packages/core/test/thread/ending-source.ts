// Run in a thread of its own: ends before it serves anything.
process.exit(0);
