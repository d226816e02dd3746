package dev.tamis.cli;

import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.IdMap;
import dev.tamis.rank.Ranked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the verbs that use a trained model have in common. */
final class Models {
  private static final int LONGEST_TITLE = 60;

  private Models() {}

  static TrainedModel read(Path directory) {
    return new ModelStore().read(directory);
  }

  /** The title of an item, or null where there is none. */
  static String title(TrainedModel model, int item) {
    String[] titles = model.titles();
    return titles == null || titles[item].isEmpty() ? null : titles[item];
  }

  /**
   * The dense numbers of the ids that the model knows; the others are added to a list. An id may be
   * in double quotes, as one with a comma in it is typed.
   */
  static int[] itemNumbers(TrainedModel model, List<String> ids, List<String> unknown) {
    int[] numbers = new int[ids.size()];
    int n = 0;
    for (String id : ids) {
      int number = model.items().index(id);
      if (number < 0 && id.length() > 1 && id.startsWith("\"") && id.endsWith("\"")) {
        number = model.items().index(id.substring(1, id.length() - 1));
      }
      if (number >= 0) {
        numbers[n++] = number;
      } else {
        unknown.add(id);
      }
    }
    return Arrays.copyOf(numbers, n);
  }

  /** A few ids, quoted, to show what they look like. */
  static String sample(IdMap ids) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < Math.min(3, ids.size()); i++) {
      some.add("'" + ids.id((int) ((long) i * ids.size() / 3)) + "'");
    }
    return String.join(", ", some);
  }

  /** Row 0 of a ranking for JSON: id, score and title (null where there is none) an item. */
  static List<Map<String, Object>> itemList(TrainedModel model, Ranked ranked) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (int j = 0; j < ranked.counts[0]; j++) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("id", model.items().id(ranked.items[j]));
      item.put("score", ranked.scores[j]);
      item.put("title", title(model, ranked.items[j]));
      items.add(item);
    }
    return items;
  }

  /** Row 0 of a ranking as a table. */
  static List<String> itemTable(TrainedModel model, Ranked ranked) {
    boolean titled = model.titles() != null;
    TextTable table = new TextTable();
    table.row(
        titled ? new String[] {"", "item", "score", "title"} : new String[] {"", "item", "score"});
    for (int j = 0; j < ranked.counts[0]; j++) {
      String rank = Integer.toString(j + 1);
      String id = model.items().id(ranked.items[j]);
      String score = String.format(Locale.ROOT, "%.4f", ranked.scores[j]);
      table.row(
          titled
              ? new String[] {rank, id, score, shortTitle(model, ranked.items[j])}
              : new String[] {rank, id, score});
    }
    return table.lines();
  }

  /** The title cut to a length that fits a line; empty where there is none. */
  static String shortTitle(TrainedModel model, int item) {
    String title = title(model, item);
    if (title == null) {
      return "";
    }
    return title.codePointCount(0, title.length()) <= LONGEST_TITLE
        ? title
        : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
  }
}
