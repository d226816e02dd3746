package dev.tamis.data.read;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The shape of a file and which of its columns is what. */
final class Layout {
  private static final double SECONDS_FROM = 1e8; // 1973; larger third columns are times

  final Shape shape;
  final boolean header;
  final int width; // fields a row must have
  private final List<String> names; // of the columns, where they have any
  private final int[] index = new int[Role.values().length]; // by role, from 0; -1: not there
  private final List<String> notes = new ArrayList<>();

  private Layout(Shape shape, boolean header, int width, List<String> names) {
    this.shape = shape;
    this.header = header;
    this.width = width;
    this.names = names;
    Arrays.fill(index, -1);
  }

  /**
   * Finds shape and columns from the beginning of a file.
   *
   * @throws TamisException of kind BAD_DATA or USAGE if they cannot be found
   */
  static Layout of(String source, byte[] beginning, ReadOptions options) {
    Shape shape = Sniffer.shape(source, beginning, options, InteractionFile.ROWS);
    if (shape.format() == Format.JSON_LINES) {
      return ofJson(source, beginning, shape, options);
    }
    List<List<String>> sample = shape.sample(beginning);
    if (sample.isEmpty()) {
      // Nothing readable: the reading itself will say why.
      return new Layout(shape, false, 2, List.of());
    }
    int width = sample.get(0).size();
    if (width > Row.MAX_COLUMNS) {
      throw TamisException.badData(
          source
              + ":1: the first row has more than "
              + Row.MAX_COLUMNS
              + " columns; expected one row for each pair of user and item");
    }
    if (width < 2) {
      throw TamisException.badData(
          source
              + ":1: the first row has one column, "
              + FieldText.shown(sample.get(0).get(0))
              + "; expected user and item at least; check the separator ("
              + FieldText.shown(shape.separator())
              + ")");
    }
    boolean header = hasHeader(source, sample, options);
    Layout layout = new Layout(shape, header, width, header ? sample.get(0) : List.of());
    for (Role role : Role.values()) {
      layout.index[role.ordinal()] = layout.find(source, role, choice(options, role));
    }
    if (!header) {
      layout.guessNumbers(sample, options);
    }
    layout.refuseDoubles(source);
    return layout;
  }

  private static Layout ofJson(String source, byte[] beginning, Shape shape, ReadOptions options) {
    List<String> members = JsonNames.of(new ByteArrayInputStream(beginning));
    List<String> wanted = new ArrayList<>();
    Layout all = new Layout(shape, true, members.size(), members);
    int[] index = new int[Role.values().length];
    for (Role role : Role.values()) {
      ColumnChoice choice = choice(options, role);
      if (choice.kind() == ColumnChoice.Kind.NUMBER) {
        throw TamisException.usage(
            source
                + ": JSON fields have no numbers; name the "
                + role.word
                + " field, one of "
                + String.join(", ", members));
      }
      int member = members.isEmpty() ? -1 : all.find(source, role, choice);
      index[role.ordinal()] = member < 0 ? -1 : wanted.size();
      if (member >= 0) {
        wanted.add(members.get(member));
      }
    }
    // No readable object: ask for the usual names, and let the reading say what is wrong.
    List<String> names = members.isEmpty() ? List.of("user", "item") : wanted;
    Layout layout = new Layout(shape, false, names.size(), names);
    System.arraycopy(members.isEmpty() ? new int[] {0, 1, -1, -1} : index, 0, layout.index, 0, 4);
    if (names.stream().distinct().count() < names.size()) {
      throw TamisException.usage(source + ": one JSON field is named for two roles; name two");
    }
    return layout;
  }

  private static ColumnChoice choice(ReadOptions options, Role role) {
    return switch (role) {
      case USER -> options.user();
      case ITEM -> options.item();
      case RATING -> options.rating();
      case TIMESTAMP -> options.timestamp();
    };
  }

  private static boolean hasHeader(String source, List<List<String>> sample, ReadOptions options) {
    boolean named = false;
    for (Role role : Role.values()) {
      named |= choice(options, role).kind() == ColumnChoice.Kind.NAME;
    }
    if (named && options.header() == ReadOptions.Header.NO) {
      throw TamisException.usage(
          source + ": columns are named, but there is to be no header; give column numbers from 1");
    }
    if (named || options.header() != ReadOptions.Header.AUTO) {
      return named || options.header() == ReadOptions.Header.YES;
    }
    List<String> first = sample.get(0);
    for (int column = 0; column < first.size(); column++) {
      if (Role.isName(first.get(column))
          || !FieldText.isNumber(first.get(column)) && numeric(sample, column, 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a column holds numbers in all rows of the sample from the given one on. */
  private static boolean numeric(List<List<String>> sample, int column, int fromRow) {
    boolean any = false;
    for (int r = fromRow; r < sample.size(); r++) {
      List<String> row = sample.get(r);
      if (column >= row.size() || !FieldText.isNumber(row.get(column))) {
        return false;
      }
      any = true;
    }
    return any;
  }

  private int find(String source, Role role, ColumnChoice choice) {
    switch (choice.kind()) {
      case NONE:
        return -1;
      case NUMBER:
        if (choice.number() > width) {
          throw TamisException.usage(
              source
                  + ":1: the "
                  + role.word
                  + " column is number "
                  + choice.number()
                  + ", but the first row has "
                  + width
                  + " columns; give a number from 1 to "
                  + width);
        }
        return choice.number() - 1;
      case NAME:
        int exact = names.indexOf(choice.name());
        List<String> untyped = names.stream().map(Role::untyped).toList();
        int found = exact >= 0 ? exact : untyped.indexOf(choice.name());
        if (found < 0) {
          throw TamisException.usage(
              source
                  + ":1: there is no column '"
                  + choice.name()
                  + "'"
                  + Suggestion.clause(choice.name(), untyped)
                  + " (columns: "
                  + listed(names)
                  + ")");
        }
        requireOne(source, role, found, exact >= 0 ? UnaryOperator.identity() : Role::untyped);
        return found;
      default:
        boolean needed = role == Role.USER || role == Role.ITEM;
        if (names.isEmpty()) {
          return needed ? role.ordinal() : -1;
        }
        int known = role.among(names);
        if (known < 0 && needed) {
          throw TamisException.badData(
              source
                  + ":1: no "
                  + role.word
                  + " column among "
                  + listed(names)
                  + "; name the column (or give its number), or say that there is no header");
        }
        if (known >= 0) {
          requireOne(source, role, known, Role::plain);
        }
        return known;
    }
  }

  /** Of two columns of one name a number chooses; the fields of JSON have none. */
  private void requireOne(String source, Role role, int found, UnaryOperator<String> read) {
    boolean json = shape.format() == Format.JSON_LINES;
    ColumnNames.requireOne(
        source,
        json ? "fields" : "columns",
        names,
        found,
        read,
        json
            ? ", or name the one that is the " + role.word + " field"
            : ", or give the number of the one that is the " + role.word + " column");
  }

  private static String listed(List<String> names) {
    List<String> shown = names.stream().limit(12).map(FieldText::shown).toList();
    return String.join(", ", shown) + (names.size() > 12 ? ", ..." : "");
  }

  /** Without a header: user, item, rating, timestamp is the order that data sets have. */
  private void guessNumbers(List<List<String>> sample, ReadOptions options) {
    boolean usual = index[0] == 0 && index[1] == 1;
    boolean rating = options.rating().kind() == ColumnChoice.Kind.AUTO;
    boolean time = options.timestamp().kind() == ColumnChoice.Kind.AUTO;
    if (!usual || !rating || !time || width < 3 || !numeric(sample, 2, 0)) {
      return;
    }
    boolean fourth = width > 3 && numeric(sample, 3, 0);
    boolean thirdIsTime =
        sample.stream().allMatch(row -> Double.parseDouble(row.get(2)) >= SECONDS_FROM);
    if (thirdIsTime && !fourth) {
      index[Role.TIMESTAMP.ordinal()] = 2;
      notes.add("there is no header: column 3 is taken as the timestamp");
    } else {
      index[Role.RATING.ordinal()] = 2;
      index[Role.TIMESTAMP.ordinal()] = fourth ? 3 : -1;
      notes.add(
          "there is no header: column 3 is taken as the rating"
              + (fourth ? " and column 4 as the timestamp" : ""));
    }
  }

  private void refuseDoubles(String source) {
    for (Role a : Role.values()) {
      for (Role b : Role.values()) {
        if (a.ordinal() < b.ordinal() && column(a) == column(b) && column(a) > 0) {
          throw TamisException.usage(
              source
                  + ": column "
                  + column(a)
                  + " is to be both "
                  + a.word
                  + " and "
                  + b.word
                  + "; choose two columns");
        }
      }
    }
  }

  /** The field of a row that has a role, from 0, or -1. */
  int field(Role role) {
    return index[role.ordinal()];
  }

  /** The column for messages, from 1; 0 where columns have no number (JSON). */
  int column(Role role) {
    return shape.format() == Format.JSON_LINES ? 0 : index[role.ordinal()] + 1;
  }

  /** How many fields of a row have to be kept. */
  int keep() {
    return 1 + Arrays.stream(index).max().orElse(0);
  }

  RowReader rows(InputStream in) {
    return shape.rows(in, names);
  }

  /** What was guessed and may be wrong. */
  List<String> notes() {
    return notes;
  }

  /** "user = column 1 (userId)", one a role. */
  List<String> columns() {
    List<String> list = new ArrayList<>();
    for (Role role : Role.values()) {
      int at = index[role.ordinal()];
      if (at < 0) {
        continue;
      }
      String name = names.isEmpty() ? "" : names.get(at);
      String where = "column " + (at + 1) + (name.isEmpty() ? "" : " (" + name + ")");
      list.add(role.word + " = " + (shape.format() == Format.JSON_LINES ? "field " + name : where));
    }
    return list;
  }
}
