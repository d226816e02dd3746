package dev.tamis.lab.reproduce;

import dev.tamis.config.Suggestion;
import dev.tamis.config.TamisException;
import java.util.List;
import java.util.stream.Stream;

/** Every table and figure that can be run. */
public final class PublishedTables {
  private static final List<PublishedTable> ALL =
      Stream.of(
              MultVaeTables.all(),
              FastVaeTables.all(),
              PrisTables.all(),
              AdaSirTables.all(),
              XirTables.all())
          .flatMap(List::stream)
          .toList();

  private PublishedTables() {}

  /** Paper by paper, in the papers' order. */
  public static List<PublishedTable> all() {
    return ALL;
  }

  /**
   * The table of a paper.
   *
   * @throws TamisException of kind USAGE if there is no such paper, or no such table in it
   */
  public static PublishedTable named(String paper, String name) {
    List<String> papers = ALL.stream().map(PublishedTable::paper).distinct().toList();
    if (!papers.contains(paper)) {
      throw TamisException.usage(
          "there is no paper '"
              + paper
              + "'"
              + Suggestion.clause(paper, papers)
              + "; there are "
              + String.join(", ", papers));
    }
    List<PublishedTable> tables = ALL.stream().filter(t -> t.paper().equals(paper)).toList();
    List<String> names = tables.stream().map(PublishedTable::name).toList();
    return tables.stream()
        .filter(t -> t.name().equals(name) || t.name().equals("table-" + name))
        .findFirst()
        .orElseThrow(
            () ->
                TamisException.usage(
                    "paper '%s' has no '%s' that can be run%s; it has %s"
                        .formatted(
                            paper,
                            name,
                            Suggestion.clause(name, names),
                            String.join(", ", names))));
  }
}
