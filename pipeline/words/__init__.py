"""What is known of words: their meanings, their forms, how an English sentence takes them."""
