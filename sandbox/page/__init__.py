"""The web page over the cloud, and the JSON it reads."""
