package dev.tamis.lab.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * In which order a search tries what. A search goes in rounds: the candidates of a round do not
 * depend on one another, those of the next on how they did.
 */
public interface Strategy {
  /**
   * A setting of the options that are searched.
   *
   * @param number from 1; a candidate keeps it from round to round
   * @param options their values
   * @param epochs how many it is trained for, if not as many as the method says
   */
  record Candidate(int number, SortedMap<String, String> options, Optional<Integer> epochs) {}

  /** How many rounds there are. */
  int rounds();

  /** The candidates of the first round. */
  List<Candidate> first();

  /**
   * Those of another round.
   *
   * @param round from 2
   * @param best the candidates of the round before, the best first; those without a result are left
   *     out
   */
  List<Candidate> next(int round, List<Candidate> best);

  /** One round: given points, each with all its epochs. */
  static Strategy points(List<SortedMap<String, String>> points) {
    return halving(points, 0, 1, 2);
  }

  /**
   * Successive halving (Jamieson and Talwalkar 2016): all are trained for few epochs, the best of
   * them for {@code factor} times as many, and so on; the last round has all epochs. A round begins
   * anew, so that rates that fall with the epochs fall as they will in the end.
   *
   * @param epochs those of the last round; not looked at where there is one round
   * @param rounds at least 1
   * @param factor at least 2
   */
  static Strategy halving(
      List<SortedMap<String, String>> points, int epochs, int rounds, int factor) {
    return new Strategy() {
      @Override
      public int rounds() {
        return rounds;
      }

      @Override
      public List<Candidate> first() {
        List<Candidate> candidates = new ArrayList<>();
        for (SortedMap<String, String> point : points) {
          candidates.add(new Candidate(candidates.size() + 1, point, epochsOf(1)));
        }
        return candidates;
      }

      @Override
      public List<Candidate> next(int round, List<Candidate> best) {
        int left = Math.max(1, (best.size() + factor - 1) / factor);
        return best.stream()
            .limit(left)
            .map(c -> new Candidate(c.number(), c.options(), epochsOf(round)))
            .toList();
      }

      private Optional<Integer> epochsOf(int round) {
        if (round == rounds) {
          return Optional.empty();
        }
        double share = StrictMath.pow(factor, rounds - round);
        return Optional.of(Math.max(1, (int) Math.ceil(epochs / share)));
      }
    };
  }
}
