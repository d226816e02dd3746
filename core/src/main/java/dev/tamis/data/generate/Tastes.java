package dev.tamis.data.generate;

import dev.tamis.math.AliasTable;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;

/**
 * What is planted. Each item has a popularity (Zipf and Mandelbrot: weight (rank + 10)^-0.9, ranks
 * in random order) and belongs to a style, a small part of its first genre. A user likes a few
 * styles of a few genres, and takes four items of five from them, by popularity; the rest comes
 * from all items, by popularity. Memory is 20 bytes an item.
 */
final class Tastes {
  private static final long RANK_STEP = 2;
  private static final long STYLE_STEP = 3;
  private static final int ITEMS_A_STYLE = 40;
  private static final int MOST_STYLES = 256; // of a genre

  private final AliasTable all;
  private final int[][] members; // [styles][items of the style]
  private final AliasTable[] byStyle; // [styles]; null where a style has no items
  private final int stylesPerGenre;

  Tastes(Catalogue catalogue, long seed) {
    int items = catalogue.size();
    int genres = Catalogue.genreCount();
    stylesPerGenre = Math.max(1, Math.min(MOST_STYLES, items / (genres * ITEMS_A_STYLE)));
    double[] weight = weights(items, seed);
    all = new AliasTable(weight);
    int[] style = new int[items];
    int[] size = new int[genres * stylesPerGenre];
    Rng rng = new Rng();
    for (int i = 0; i < items; i++) {
      int genre = catalogue.mainGenre(i, rng);
      rng.key(seed, Stream.DEMO, STYLE_STEP, i);
      style[i] = genre * stylesPerGenre + rng.nextInt(stylesPerGenre);
      size[style[i]]++;
    }
    members = new int[size.length][];
    byStyle = new AliasTable[size.length];
    double[][] weights = new double[size.length][];
    for (int s = 0; s < size.length; s++) {
      members[s] = new int[size[s]];
      weights[s] = new double[size[s]];
      size[s] = 0;
    }
    for (int i = 0; i < items; i++) {
      int s = style[i];
      weights[s][size[s]] = weight[i];
      members[s][size[s]++] = i;
    }
    for (int s = 0; s < size.length; s++) {
      byStyle[s] = size[s] == 0 ? null : new AliasTable(weights[s]);
      weights[s] = null;
    }
  }

  private static double[] weights(int items, long seed) {
    int[] order = new int[items];
    for (int i = 0; i < items; i++) {
      order[i] = i;
    }
    Rng.keyed(seed, Stream.DEMO, RANK_STEP, 0).shuffle(order, 0, items);
    double[] weight = new double[items];
    for (int rank = 0; rank < items; rank++) {
      weight[order[rank]] = StrictMath.pow(rank + 10, -0.9);
    }
    return weight;
  }

  /** Draws the styles a user likes: two or three genres, up to three styles of each. */
  int[] likes(Rng rng) {
    int[] likes = new int[2 + rng.nextInt(5)];
    int genres = 2 + rng.nextInt(2);
    int[] liked = new int[genres];
    for (int g = 0; g < genres; g++) {
      // The lesser of two draws: some genres have more friends than others.
      int a = rng.nextInt(Catalogue.genreCount());
      liked[g] = Math.min(a, rng.nextInt(Catalogue.genreCount()));
    }
    for (int k = 0; k < likes.length; k++) {
      likes[k] = liked[k % genres] * stylesPerGenre + rng.nextInt(stylesPerGenre);
    }
    return likes;
  }

  /** Draws an item for a user with these likes. */
  int item(int[] likes, Rng rng) {
    int style = likes[rng.nextInt(likes.length)];
    if (rng.nextInt(5) == 0 || byStyle[style] == null) {
      return all.draw(rng);
    }
    return members[style][byStyle[style].draw(rng)];
  }
}
