package dev.tamis.lab;

import dev.tamis.config.TamisException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides the result of a trial: two trials with equal keys have equal results, to
 * the bit.
 *
 * @param data the fingerprint of the training data, see {@link Protocol#dataFingerprint}
 * @param protocol how it is validated and tested, see {@link Protocol#fingerprint}
 * @param method the method's name
 * @param options every option of the method with its value, as text
 * @param features the fingerprint of what it knows of items and users; empty for nothing
 * @param seed keys every random number of training
 * @param version of Tamis
 */
public record TrialKey(
    String data,
    String protocol,
    String method,
    SortedMap<String, String> options,
    String features,
    long seed,
    String version) {
  public TrialKey {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** All of it in one line. */
  public String text() {
    return "trial of tamis "
        + version
        + " "
        + method
        + " "
        + options
        + " seed "
        + seed
        + " data "
        + data
        + " protocol "
        + protocol
        + (features.isEmpty() ? "" : " features " + features);
  }

  /**
   * Refuses a trial on another ground than this one. What a method knows of items and users is part
   * of it, as its options are, and not of the ground.
   *
   * @throws TamisException of kind CONFLICT that says whether data, protocol or version differ
   */
  public void requireComparable(TrialKey other) {
    String differ = null;
    if (!data.equals(other.data)) {
      differ = "were trained on other data (" + shown(data, other.data) + ")";
    } else if (!protocol.equals(other.protocol)) {
      differ =
          "have another protocol, that is, other validation or test data, metrics, or rule when to"
              + " stop ("
              + shown(protocol, other.protocol)
              + ")";
    } else if (!version.equals(other.version)) {
      differ = "are of another version of Tamis (" + version + " and " + other.version + ")";
    }
    if (differ != null) {
      throw new TamisException(
          TamisException.Kind.CONFLICT,
          "trials of "
              + method
              + " (seed "
              + seed
              + ") and "
              + other.method
              + " (seed "
              + other.seed
              + ") "
              + differ
              + ", so they cannot be compared; run both on the same split with the same metrics");
    }
  }

  private static String shown(String mine, String other) {
    return "fingerprints " + mine.substring(0, 12) + " and " + other.substring(0, 12);
  }
}
