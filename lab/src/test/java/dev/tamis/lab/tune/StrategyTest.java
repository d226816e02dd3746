package dev.tamis.lab.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StrategyTest {
  private static List<SortedMap<String, String>> points(int n) {
    List<SortedMap<String, String>> points = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      points.add(new TreeMap<>(java.util.Map.of("dim", Integer.toString(i))));
    }
    return points;
  }

  @Test
  void pointsAreOneRoundWithAllEpochs() {
    Strategy strategy = Strategy.points(points(3));
    assertThat(strategy.rounds()).isEqualTo(1);
    assertThat(strategy.first()).extracting(Strategy.Candidate::number).containsExactly(1, 2, 3);
    assertThat(strategy.first()).allMatch(c -> c.epochs().isEmpty());
  }

  /** 9 with 6 epochs, 3 with 18, 1 with all 54. */
  @Test
  void halvingKeepsTheBestAndGivesThemMoreEpochs() {
    Strategy strategy = Strategy.halving(points(9), 54, 3, 3);
    List<Strategy.Candidate> round = new ArrayList<>(strategy.first());
    assertThat(round).hasSize(9).allMatch(c -> c.epochs().equals(Optional.of(6)));
    Collections.reverse(round); // the last were the best
    List<Strategy.Candidate> second = strategy.next(2, round);
    assertThat(second).extracting(Strategy.Candidate::number).containsExactly(9, 8, 7);
    assertThat(second).allMatch(c -> c.epochs().equals(Optional.of(18)));
    List<Strategy.Candidate> third = strategy.next(3, second);
    assertThat(third).extracting(Strategy.Candidate::number).containsExactly(9);
    assertThat(third.get(0).epochs()).isEmpty();
  }
}
