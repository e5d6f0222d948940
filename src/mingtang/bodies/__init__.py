"""Who: government bodies, areas, people and the posts they hold; every question of permission is asked here."""
