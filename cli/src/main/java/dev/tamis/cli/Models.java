package dev.tamis.cli;

import dev.tamis.artifact.ModelStore;
import dev.tamis.artifact.TrainedModel;
import dev.tamis.data.IdMap;
import dev.tamis.serve.RankedItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the verbs that use a trained model have in common. */
final class Models {
  private static final int LONGEST_TITLE = 60;

  private Models() {}

  static TrainedModel read(Path directory) {
    return new ModelStore().read(directory);
  }

  /**
   * Ids as the model has them: one that it does not know may be in double quotes, as an id with a
   * comma in it is typed.
   */
  static List<String> unquoted(IdMap known, List<String> ids) {
    return ids.stream().map(id -> unquoted(known, id)).toList();
  }

  private static String unquoted(IdMap known, String id) {
    if (id.length() < 2 || !id.startsWith("\"") || !id.endsWith("\"")) {
      return id;
    }
    String inner = id.substring(1, id.length() - 1);
    return known.index(id) < 0 && known.index(inner) >= 0 ? inner : id;
  }

  /** Ranked items for JSON: id, score and title (null where there is none) an item. */
  static List<Map<String, Object>> itemList(List<RankedItem> ranked) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (RankedItem one : ranked) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("id", one.id());
      item.put("score", one.score());
      item.put("title", one.title().orElse(null));
      items.add(item);
    }
    return items;
  }

  /** Ranked items of a model as a table, with titles where the model has titles. */
  static List<String> itemTable(TrainedModel model, List<RankedItem> ranked) {
    boolean titled = model.titles() != null;
    TextTable table = new TextTable();
    table.row(
        titled ? new String[] {"", "item", "score", "title"} : new String[] {"", "item", "score"});
    for (int place = 0; place < ranked.size(); place++) {
      RankedItem item = ranked.get(place);
      String rank = Integer.toString(place + 1);
      String score = String.format(Locale.ROOT, "%.4f", item.score());
      table.row(
          titled
              ? new String[] {rank, item.id(), score, shortTitle(item.title())}
              : new String[] {rank, item.id(), score});
    }
    return table.lines();
  }

  /** The title cut to a length that fits a line; empty where there is none. */
  static String shortTitle(Optional<String> whole) {
    String title = whole.orElse("");
    return title.codePointCount(0, title.length()) <= LONGEST_TITLE
        ? title
        : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
  }
}
