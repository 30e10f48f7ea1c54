"""Branch-wide resets: their dry run, their message in the channel, their lists."""
