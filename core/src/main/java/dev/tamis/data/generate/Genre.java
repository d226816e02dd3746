package dev.tamis.data.generate;

import java.util.List;

/** The genres of the made-up catalogue, each with words of its own for titles. */
enum Genre {
  ADVENTURE("Adventure", "Compass", "Voyage", "Lagoon", "Caravan", "Summit", "Monsoon", "Raft"),
  COMEDY("Comedy", "Wedding", "Umbrella", "Pudding", "Neighbour", "Landlord", "Trombone", "Goose"),
  CRIME("Crime", "Alibi", "Ledger", "Witness", "Dockyard", "Safe", "Forger", "Verdict"),
  DOCUMENTARY("Documentary", "Glacier", "Orchard", "Factory", "Reef", "Archive", "Delta", "Loom"),
  DRAMA("Drama", "Letter", "Harbour", "Winter", "Inheritance", "Lighthouse", "Promise", "Silence"),
  FAMILY("Family", "Kite", "Treehouse", "Pony", "Biscuit", "Snowman", "Attic", "Lantern"),
  FANTASY("Fantasy", "Dragon", "Amulet", "Oracle", "Griffin", "Rune", "Sceptre", "Enchanter"),
  HISTORY("History", "Regent", "Cathedral", "Siege", "Envoy", "Frigate", "Empress", "Treaty"),
  HORROR("Horror", "Crypt", "Whisper", "Cellar", "Revenant", "Fog", "Mirror", "Gravedigger"),
  MUSIC("Music", "Quartet", "Ballad", "Fiddler", "Encore", "Jukebox", "Chorus", "Metronome"),
  MYSTERY("Mystery", "Cipher", "Key", "Stranger", "Manor", "Footprint", "Riddle", "Locket"),
  ROMANCE("Romance", "Balcony", "Kiss", "Rose", "Postcard", "Waltz", "Heart", "Ferry"),
  SCIENCE_FICTION(
      "Science Fiction", "Orbit", "Android", "Nebula", "Signal", "Colony", "Paradox", "Probe"),
  SPORT("Sport", "Marathon", "Goalkeeper", "Ring", "Relay", "Champion", "Velodrome", "Oarsman"),
  THRILLER("Thriller", "Hostage", "Deadline", "Courier", "Pursuit", "Switch", "Border", "Fuse"),
  WESTERN("Western", "Saddle", "Canyon", "Sheriff", "Mustang", "Saloon", "Outlaw", "Prairie");

  final String word;
  final List<String> nouns;

  Genre(String word, String... nouns) {
    this.word = word;
    this.nouns = List.of(nouns);
  }
}
