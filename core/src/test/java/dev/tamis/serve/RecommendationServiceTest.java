package dev.tamis.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.artifact.TrainedModel;
import dev.tamis.config.Settings;
import dev.tamis.config.TamisException;
import dev.tamis.data.Interactions;
import dev.tamis.data.generate.DataGenerator;
import dev.tamis.data.generate.GeneratorOptions;
import dev.tamis.kernels.Workers;
import dev.tamis.method.Bpr;
import dev.tamis.method.Ease;
import dev.tamis.method.Method;
import dev.tamis.method.MostPopular;
import dev.tamis.method.MultDae;
import dev.tamis.rank.Query;
import dev.tamis.rank.Ranked;
import dev.tamis.rank.Recommender;
import dev.tamis.train.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecommendationServiceTest {
  private static final Interactions DATA =
      DataGenerator.generate(GeneratorOptions.defaults().withUsers(60).withItems(40))
          .interactions();

  private static final RecommendationService PAIRS =
      service(new Bpr(), Map.of("dim", "8", "epochs", "2"));
  private static final RecommendationService HISTORIES =
      service(new MultDae(), Map.of("latent", "8", "epochs", "2"));

  private static <O extends Record> RecommendationService service(
      Method<O> method, Map<String, String> options) {
    Settings settings = Settings.parse(method.name(), method.options(), options);
    TrainedModel model = method.fit(DATA, method.read(settings), Run.seeded(1));
    String[] titles = new String[DATA.itemCount()];
    Arrays.setAll(titles, item -> item % 2 == 0 ? "Title " + item : "");
    return new RecommendationService(model.withTitles(titles));
  }

  private static List<String> ids(List<RankedItem> items) {
    return items.stream().map(RankedItem::id).toList();
  }

  private static List<String> history(int user) {
    List<String> ids = new ArrayList<>();
    for (int p = DATA.rowStart()[user]; p < DATA.rowStart()[user + 1]; p++) {
      ids.add(DATA.items().id(DATA.itemIds()[p]));
    }
    return ids;
  }

  @Test
  void anAnswerIsWhatTheRecommenderRanksInIdsAndTitles() {
    int user = 7;
    int[] seen = history(user).stream().mapToInt(DATA.items()::index).toArray();
    Answer answer = PAIRS.recommend(Request.ofUser(DATA.users().id(user), 5));
    try (Workers workers = new Workers(1)) {
      Ranked ranked =
          new Recommender(PAIRS.model().model(), workers).recommend(Query.ofUser(user, seen), 5);
      for (int place = 0; place < 5; place++) {
        RankedItem item = answer.items().get(place);
        int number = ranked.items[place];
        assertThat(item.id()).isEqualTo(DATA.items().id(number));
        assertThat(item.score()).isEqualTo(ranked.scores[place]);
        assertThat(item.title().orElse("none"))
            .isEqualTo(number % 2 == 0 ? "Title " + number : "none");
      }
    }
    assertThat(answer.historySize()).isEqualTo(seen.length);
    assertThat(answer.unknownItems()).isEmpty();
  }

  @Test
  void whatIsSeenOrExcludedIsNotAnswered() {
    Request all = Request.ofUser(DATA.users().id(3), 1000);
    List<String> unseen = ids(PAIRS.recommend(all).items());
    assertThat(unseen)
        .hasSize(DATA.itemCount() - history(3).size())
        .doesNotContainAnyElementsOf(history(3));
    assertThat(ids(PAIRS.recommend(all.includingSeen()).items()))
        .hasSize(DATA.itemCount())
        .containsSubsequence(unseen);
    List<String> excluded = List.of(unseen.get(0), unseen.get(2));
    Answer rest = PAIRS.recommend(all.excluding(List.of(unseen.get(0), "none", unseen.get(2))));
    List<String> expected = new ArrayList<>(unseen);
    expected.removeAll(excluded);
    assertThat(ids(rest.items())).isEqualTo(expected);
    assertThat(rest.unknownItems()).containsExactly("none");
    List<String> candidates = new ArrayList<>(unseen.subList(4, 9));
    Collections.reverse(candidates);
    assertThat(ids(PAIRS.recommend(all.among(candidates)).items())).isEqualTo(unseen.subList(4, 9));
    assertThat(PAIRS.recommend(all.among(List.of())).items()).isEmpty();
    Request twice = all.excluding(List.of(unseen.get(1))).excluding(List.of(unseen.get(0)));
    assertThat(ids(PAIRS.recommend(twice).items())).isEqualTo(unseen.subList(2, unseen.size()));
    Request both = all.among(unseen.subList(0, 6)).among(unseen.subList(4, 9));
    assertThat(ids(PAIRS.recommend(both).items())).isEqualTo(unseen.subList(4, 6));
  }

  @Test
  void aHistoryMayComeInAnyOrderWithRepetitionsAndUnknownItems() {
    List<String> history = history(5);
    List<String> shuffled = new ArrayList<>(history);
    Collections.reverse(shuffled);
    shuffled.add(0, "never heard of");
    shuffled.add(history.get(0));
    Answer plain = HISTORIES.recommend(Request.ofHistory(history, 10));
    Answer odd = HISTORIES.recommend(Request.ofHistory(shuffled, 10));
    assertThat(odd.items()).isEqualTo(plain.items()).hasSize(10);
    assertThat(odd.historySize()).isEqualTo(history.size());
    assertThat(odd.unknownItems()).containsExactly("never heard of");
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    List<Request> requests = new ArrayList<>();
    for (int user = 0; user < DATA.userCount(); user++) {
      requests.add(Request.ofHistory(history(user), 1 + user % 12));
    }
    List<Answer> alone = requests.stream().map(HISTORIES::recommend).toList();
    List<RankedItem> similar = HISTORIES.similar(DATA.items().id(1), 6);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Void>> askers = new ArrayList<>();
      for (int asker = 0; asker < 8; asker++) {
        int offset = asker * 7;
        Callable<Void> ask =
            () -> {
              for (int i = 0; i < 3 * requests.size(); i++) {
                int which = (i + offset) % requests.size();
                assertThat(HISTORIES.recommend(requests.get(which))).isEqualTo(alone.get(which));
                assertThat(HISTORIES.similar(DATA.items().id(1), 6)).isEqualTo(similar);
              }
              return null;
            };
        askers.add(threads.submit(ask));
      }
      for (Future<Void> asker : askers) {
        asker.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void likeItemsGoByVectorsOrByWeights() {
    String item = DATA.items().id(4);
    for (RecommendationService service : List.of(PAIRS, service(new Ease(), Map.of()))) {
      List<RankedItem> like = service.similar(item, 1000);
      assertThat(ids(like)).doesNotContain(item).doesNotHaveDuplicates();
      assertThat(like).hasSize(DATA.itemCount() - 1);
      assertThat(like).isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
      assertThat(service.similar(item, 3)).isEqualTo(like.subList(0, 3));
    }
    RecommendationService popular = service(new MostPopular(), Map.of());
    assertThatThrownBy(() -> popular.similar(item, 3))
        .isInstanceOf(TamisException.class)
        .hasMessageContaining("gives items no vectors");
  }

  @Test
  void whatCannotBeAnsweredIsRefused() {
    assertThat(PAIRS.knowsUser("nobody")).isFalse();
    assertThat(PAIRS.ranksHistories()).isFalse();
    assertThat(HISTORIES.ranksHistories()).isTrue();
    assertRefused(() -> PAIRS.recommend(Request.ofUser("nobody", 3)), "no user 'nobody' among the");
    assertRefused(() -> PAIRS.recommend(Request.ofHistory(history(0), 3)), "cannot rank a history");
    assertRefused(
        () -> HISTORIES.recommend(Request.ofHistory(List.of("a", "b"), 3)),
        "no item of the history is among the " + DATA.itemCount());
    assertRefused(() -> PAIRS.similar("nothing", 3), "item 'nothing' is not among");
    assertThatThrownBy(() -> Request.ofUser("u", 0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> Request.ofHistory(List.of(), 3))
        .hasMessageContaining("either a user or a history");
  }

  private static void assertRefused(Callable<?> question, String sentence) {
    assertThatThrownBy(question::call)
        .isInstanceOf(TamisException.class)
        .hasMessageContaining(sentence);
  }
}
