package dev.tamis.lab.tune;

import dev.tamis.config.TamisException;
import dev.tamis.math.Rng;
import dev.tamis.math.Stream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The options that a search goes over, each with its values. */
public final class Space {
  private static final int MOST_POINTS = 100_000;

  private final List<Dimension> dimensions;

  /**
   * @throws TamisException of kind USAGE if there is no dimension, or two are of one option
   */
  public Space(List<Dimension> dimensions) {
    this.dimensions = List.copyOf(dimensions);
    Set<String> names = new HashSet<>();
    for (Dimension dimension : dimensions) {
      if (!names.add(dimension.option())) {
        throw TamisException.usage(
            "option '" + dimension.option() + "' is searched twice; give all its values in one");
      }
    }
    if (dimensions.isEmpty()) {
      throw TamisException.usage("there is nothing to search; name an option and its values");
    }
  }

  /** The options with their values. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** The names of the options. */
  public List<String> options() {
    return dimensions.stream().map(Dimension::option).toList();
  }

  /** Whether there are finitely many points: every dimension is a list. */
  public boolean isFinite() {
    return dimensions.stream().allMatch(Dimension::isList);
  }

  /**
   * Different points, drawn at random; fewer than asked for where there are no more. The first
   * {@code n} of more points are the {@code n} points.
   */
  public List<SortedMap<String, String>> draw(int points, long seed) {
    List<SortedMap<String, String>> drawn = new ArrayList<>();
    Set<SortedMap<String, String>> seen = new HashSet<>();
    long all = isFinite() ? size() : Long.MAX_VALUE;
    // Points come up again; a hundred times in a row hardly ever while there are others.
    int inVain = 0;
    for (long n = 0; drawn.size() < Math.min(points, all) && inVain < 100 * points; n++) {
      SortedMap<String, String> point = point(seed, n);
      if (seen.add(point)) {
        drawn.add(point);
      } else {
        inVain++;
      }
    }
    return drawn;
  }

  private SortedMap<String, String> point(long seed, long number) {
    Rng rng = Rng.keyed(seed, Stream.TUNING, 0, number);
    SortedMap<String, String> point = new TreeMap<>();
    for (Dimension dimension : dimensions) {
      point.put(dimension.option(), dimension.at(rng.nextDouble()));
    }
    return point;
  }

  /**
   * All points, the last dimension running fastest.
   *
   * @throws TamisException of kind USAGE if a dimension is a range, or they are too many
   */
  public List<SortedMap<String, String>> grid() {
    if (!isFinite()) {
      throw TamisException.usage(
          "a grid needs lists of values, but there is a range; write OPTION=A,B,C, or search at"
              + " random");
    }
    if (size() > MOST_POINTS) {
      throw TamisException.usage(
          "the grid has %,d points, more than %,d; search at random"
              .formatted(size(), MOST_POINTS));
    }
    List<SortedMap<String, String>> points = new ArrayList<>();
    points.add(new TreeMap<>());
    for (Dimension dimension : dimensions) {
      List<SortedMap<String, String>> longer = new ArrayList<>();
      for (SortedMap<String, String> point : points) {
        for (String value : dimension.values()) {
          SortedMap<String, String> more = new TreeMap<>(point);
          more.put(dimension.option(), value);
          longer.add(more);
        }
      }
      points = longer;
    }
    return points;
  }

  private long size() {
    long size = 1;
    for (Dimension dimension : dimensions) {
      size = Math.min(MOST_POINTS + 1L, size * dimension.values().size());
    }
    return size;
  }
}
