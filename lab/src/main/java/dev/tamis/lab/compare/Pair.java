package dev.tamis.lab.compare;

import dev.tamis.lab.statistics.Interval;
import dev.tamis.lab.statistics.UsersAndSeeds;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two contenders on the deciding metric: the first less the second.
 *
 * @param a the first
 * @param b the second
 * @param difference the mean over users and seeds
 * @param ofUsers its interval over users, for the models as they were fitted
 * @param wins the users who are better served by the first
 * @param losses those who are better served by the second; the others are served alike
 * @param flipsP the p-value of the sign-flip test over users
 * @param ofBoth the test over users and seeds; empty unless both have two seeds or more
 * @param corrected the larger of the two p-values under Holm's correction over all pairs
 * @param detectable the least true difference that would have been found with a probability of 80%,
 *     at the strictest level that the correction holds a pair at; empty where users are so few, or
 *     so much alike, that none would have been
 */
public record Pair(
    String a,
    String b,
    double difference,
    Interval ofUsers,
    int wins,
    int losses,
    double flipsP,
    Optional<UsersAndSeeds> ofBoth,
    double corrected,
    OptionalDouble detectable) {

  /** Whether it is supported that the first is better. */
  public boolean better() {
    return difference > 0 && corrected < Question.LEVEL;
  }

  /** Whether it is supported that the second is better. */
  public boolean worse() {
    return difference < 0 && corrected < Question.LEVEL;
  }

  /** What can be said, a sentence. */
  public String verdict() {
    String scope =
        ofBoth.isPresent() ? "" : " (of these fitted models: with one seed, of no others)";
    if (better() || worse()) {
      return (better() ? a : b) + " is better than " + (better() ? b : a) + scope;
    }
    return a + " and " + b + " cannot be told apart" + scope;
  }
}
