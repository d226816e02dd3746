package dev.tamis.data.generate;

import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.List;

/**
 * Made-up items: titles with a year, and genres. All of an item is a function of the seed and its
 * number, so nothing is stored.
 */
public final class Catalogue {
  private static final List<String> ADJECTIVES =
      List.of(
          "Silent",
          "Crooked",
          "Golden",
          "Last",
          "Hidden",
          "Broken",
          "Distant",
          "Crimson",
          "Restless",
          "Paper",
          "Hollow",
          "Northern",
          "Forgotten",
          "Electric",
          "Burning",
          "Gentle",
          "Seventh",
          "Wandering",
          "Frozen",
          "Velvet",
          "Midnight",
          "Stolen",
          "Lonely",
          "Emerald",
          "Second",
          "Impossible",
          "Patient",
          "Copper",
          "Borrowed",
          "Invisible",
          "Salted",
          "Endless");
  private static final List<String> PLACES =
      List.of(
          "Marrowby",
          "Port Ostrel",
          "Kelda Bay",
          "Vintermark",
          "Aldenmoor",
          "San Tirso",
          "Lake Ombra",
          "Hollin Street",
          "Quarry Hill",
          "Tamsin Falls",
          "Old Brennick",
          "Sorrel Creek",
          "Cape Ivers",
          "Mill Nine",
          "Zephyr Point",
          "the Ninth Ward",
          "East Farrow",
          "Dunmere",
          "the Salt Flats",
          "Orchard Lane",
          "Belhaven Road",
          "Cinder Valley",
          "the Upper Town",
          "Winding Stair");
  private static final Genre[] GENRES = Genre.values();
  private static final long ITEM_STEP = 0;

  private final int items;
  private final long seed;
  private final int digits;

  Catalogue(int items, long seed) {
    this.items = items;
    this.seed = seed;
    this.digits = Math.max(4, Integer.toString(items).length());
  }

  public int size() {
    return items;
  }

  /** The id of an item, 0 to size; ids sort as the numbers do. */
  public String id(int item) {
    return id('m', item + 1L, digits);
  }

  static String id(char letter, long number, int digits) {
    String plain = Long.toString(number);
    return letter + "0".repeat(digits - plain.length()) + plain;
  }

  /** A title with a year: "The Silent Orbit of Cape Ivers (1987)". */
  public String title(int item) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, ITEM_STEP, item);
    Genre genre = GENRES[main(rng)];
    rng.nextInt(GENRES.length);
    rng.nextInt(3); // the draws of genres()
    String noun = genre.nouns.get(rng.nextInt(genre.nouns.size()));
    String adjective = ADJECTIVES.get(rng.nextInt(ADJECTIVES.size()));
    String place = PLACES.get(rng.nextInt(PLACES.size()));
    String name =
        switch (rng.nextInt(5)) {
          case 0 -> "The " + adjective + " " + noun;
          case 1 -> "The " + noun + " of " + place;
          case 2 -> adjective + " " + noun + ", " + place;
          case 3 -> "The " + adjective + " " + noun + " of " + place;
          default -> "A " + noun + " for " + place;
        };
    return name + " (" + (1950 + rng.nextInt(76)) + ")";
  }

  /** One or two genres; the first is the one by which users choose. */
  public List<String> genres(int item) {
    Rng rng = Rng.keyed(seed, Stream.DEMO, ITEM_STEP, item);
    int first = main(rng);
    int second = rng.nextInt(GENRES.length);
    boolean two = rng.nextInt(3) == 0 && second != first;
    return two ? List.of(GENRES[first].word, GENRES[second].word) : List.of(GENRES[first].word);
  }

  static int genreCount() {
    return GENRES.length;
  }

  /** The number of the first genre of an item. */
  int mainGenre(int item, Rng scratch) {
    return main(scratch.key(seed, Stream.DEMO, ITEM_STEP, item));
  }

  private static int main(Rng rng) {
    return rng.nextInt(GENRES.length);
  }
}
