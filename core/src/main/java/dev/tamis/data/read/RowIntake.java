package dev.tamis.data.read;

import java.util.ArrayList;
import java.util.List;

/** Checks rows, gives their ids numbers and collects the pairs. */
final class RowIntake {
  private static final long MILLISECONDS_FROM = 100_000_000_000L; // the year 5138 in seconds

  private final Layout layout;
  private final int user;
  private final int item;
  private final int rating; // -1 where there is none
  private final int time; // -1 where there is none
  private final boolean negativeAllowed;
  private final IdTable users = new IdTable();
  private final IdTable items = new IdTable();
  private final PairColumns pairs;
  private float lowest = Float.POSITIVE_INFINITY;
  private float highest = Float.NEGATIVE_INFINITY;
  private long zeros;
  private long latest = Long.MIN_VALUE;
  private long spaced; // ids with white space at an end
  private String spacedId = "";
  private long quoted; // ids in double quotes
  private String quotedId = "";

  RowIntake(Layout layout, boolean negativeAllowed) {
    this.layout = layout;
    this.negativeAllowed = negativeAllowed;
    user = layout.field(Role.USER);
    item = layout.field(Role.ITEM);
    rating = layout.field(Role.RATING);
    time = layout.field(Role.TIMESTAMP);
    pairs = new PairColumns(rating >= 0, time >= 0);
  }

  /**
   * Takes a row in.
   *
   * @throws RowFault if it cannot be used; then nothing of it is kept
   */
  void take(Row row) {
    if (row.fields != layout.width) {
      throw new RowFault(
          0,
          "has "
              + columns(row.fields)
              + ", but the first row has "
              + layout.width
              + "; check separators and quotes");
    }
    int userNumber = find(users, row, user, Role.USER);
    int itemNumber = find(items, row, item, Role.ITEM);
    float stars = rating < 0 ? 1 : rating(row);
    long when = time < 0 ? 0 : FieldText.timestamp(row, time, layout.column(Role.TIMESTAMP));
    // All is well: only now may new ids come in.
    userNumber = userNumber >= 0 ? userNumber : add(users, row, user);
    itemNumber = itemNumber >= 0 ? itemNumber : add(items, row, item);
    if (rating >= 0) {
      lowest = Math.min(lowest, stars);
      highest = Math.max(highest, stars);
      zeros += stars == 0 ? 1 : 0;
    }
    latest = Math.max(latest, when);
    pairs.add(userNumber, itemNumber, stars, when);
  }

  private static String columns(int count) {
    return count == 1 ? "1 column" : count + " columns";
  }

  private int find(IdTable table, Row row, int field, Role role) {
    int number = table.find(row.text, row.start(field), row.length(field));
    if (number < 0) {
      FieldText.checkId(row, field, layout.column(role), role.word);
      FieldText.checkUtf8(row, field, layout.column(role), role.word);
    }
    return number;
  }

  private int add(IdTable table, Row row, int field) {
    int from = row.start(field);
    int to = row.ends[field];
    if (row.text[from] == ' ' || row.text[to - 1] == ' ') {
      spaced++;
      spacedId = least(spacedId, row.string(field));
    }
    if (to - from > 1 && row.text[from] == '"' && row.text[to - 1] == '"') {
      quoted++;
      quotedId = least(quotedId, row.string(field));
    }
    return table.add(row.text, from, to - from);
  }

  /** The example to show must not depend on the order of rows. */
  private static String least(String a, String b) {
    return a.isEmpty() || b.compareTo(a) < 0 ? b : a;
  }

  private float rating(Row row) {
    float stars = FieldText.rating(row, rating, layout.column(Role.RATING));
    if (stars < 0 && !negativeAllowed) {
      throw new RowFault(
          layout.column(Role.RATING),
          "rating "
              + FieldText.shown(row.string(rating))
              + " is negative, and every row kept counts as a wish for the item; give a minimum"
              + " rating, or set the rating column to 'none'");
    }
    return stars == 0 ? 0f : stars; // -0 is 0
  }

  /** The pairs taken in so far, sorted by user; the intake is empty afterwards. */
  PairTable pairs() {
    return new PairTable(users, items, pairs);
  }

  int size() {
    return pairs.size();
  }

  /** What looks wrong, one sentence each. */
  List<String> warnings(Shape shape) {
    List<String> list = new ArrayList<>(layout.notes());
    if (rating >= 0 && pairs.size() > 1 && lowest == highest) {
      list.add("all ratings are " + lowest + ": the rating column says nothing");
    }
    if (zeros > 0 && !negativeAllowed) {
      list.add(zeros + " rows are rated 0 and count as interactions; give a minimum rating if not");
    }
    if (time >= 0 && latest >= MILLISECONDS_FROM) {
      list.add(
          "timestamps up to "
              + latest
              + " look like milliseconds; their order is right, but seconds were expected");
    }
    if (spaced > 0) {
      list.add(
          spaced
              + " ids begin or end with a space, such as "
              + FieldText.shown(spacedId)
              + "; they are kept as they are");
    }
    if (quoted > 0) {
      String way =
          shape.format() == Format.TSV ? "; if the quotes are not meant, read as csv with tab" : "";
      list.add(quoted + " ids are in double quotes, such as " + FieldText.shown(quotedId) + way);
    }
    return list;
  }
}
