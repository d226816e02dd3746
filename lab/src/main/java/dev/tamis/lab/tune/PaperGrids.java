package dev.tamis.lab.tune;

import dev.tamis.config.TamisException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the papers search. PRIS weighs L2 by a coefficient of 2, 1 or 1/2 over its batch of 128
 * rows.
 */
public final class PaperGrids {
  private static final String ACTIVITY = "l2=0.015625,0.0078125,0.00390625";
  private static final Map<String, List<String>> GRIDS = grids();

  private PaperGrids() {}

  private static Map<String, List<String>> grids() {
    Map<String, List<String>> grids = new LinkedHashMap<>();
    for (String method : List.of("pris", "bpr", "self-adversarial", "dns")) {
      grids.put(method, List.of(ACTIVITY));
    }
    grids.put("aobpr", List.of("l2=0.005,0.01,0.02"));
    grids.put("warp", List.of("l2=0.05,0.01,0.005,0.001"));
    grids.put("adasir", List.of("weight-decay=0.1,0.01,0.001,0.0001"));
    grids.put("fast-vae", List.of("learning-rate=0.1,0.01,0.001,0.0001"));
    for (String method : List.of("ssl", "ssl-pop", "mixed-negatives", "g-tower", "bir", "xir")) {
      grids.put(
          method, List.of("learning-rate=0.01,0.001", "weight-decay=0.0001,0.00001,0.000001"));
    }
    grids.put("wrmf", List.of("alpha=1,5,10,20,50,100,200,500"));
    grids.put("slim", List.of("l1=0.1,0.5,1,5", "l2=0.1,0.5,1,5"));
    return grids;
  }

  /** The methods that have a grid. */
  public static List<String> methods() {
    return List.copyOf(GRIDS.keySet());
  }

  /**
   * The dimensions that the papers search for a method, as {@link Dimension#parse} reads them.
   *
   * @throws TamisException of kind USAGE if no paper has a grid for it
   */
  public static List<String> of(String method) {
    List<String> grid = GRIDS.get(method);
    if (grid == null) {
      throw TamisException.usage(
          "no paper has a grid for '%s'; there are grids for %s. Say what to search with --space"
              .formatted(method, String.join(", ", methods())));
    }
    return grid;
  }
}
