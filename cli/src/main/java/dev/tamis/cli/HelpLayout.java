package dev.tamis.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: what the verb is for, then examples, then the options. */
final class HelpLayout {
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_HEADER_HEADING,
          UsageMessageSpec.SECTION_KEY_HEADER,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST);

  private static final int WIDTH = 100;

  private HelpLayout() {}

  /** Lines of a table whose last column is broken between words. */
  static List<String> table(List<String[]> rows) {
    int columns = rows.get(0).length;
    Column[] layout = new Column[columns];
    int left = WIDTH;
    for (int c = 0; c < columns - 1; c++) {
      int at = c;
      int widest = rows.stream().mapToInt(row -> row[at].length()).max().orElse(0);
      layout[c] = new Column(widest + 2, 2, Overflow.WRAP);
      left -= widest + 2;
    }
    layout[columns - 1] = new Column(left, 2, Overflow.WRAP);
    TextTable table = TextTable.forColumns(CommandLine.Help.defaultColorScheme(Ansi.OFF), layout);
    rows.forEach(row -> table.addRowValues(row));
    return table.toString().lines().toList();
  }

  static void apply(CommandLine command, Terminal terminal) {
    command.setOut(new PrintWriter(terminal.out(), true));
    command.setErr(new PrintWriter(terminal.err(), true));
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(terminal.color() ? Ansi.ON : Ansi.OFF));
    everyVerb(command);
  }

  private static void everyVerb(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.sectionKeys(SECTIONS);
    usage.footerHeading("%nExamples%n");
    usage.synopsisHeading("%nUsage%n  ");
    usage.synopsisSubcommandLabel("VERB");
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%nArguments%n");
    usage.optionListHeading("%nOptions%n");
    usage.commandListHeading("%nVerbs (tamis VERB --help tells more)%n");
    usage.abbreviateSynopsis(true);
    usage.sortOptions(false);
    usage.width(WIDTH);
    command.getSubcommands().values().forEach(HelpLayout::everyVerb);
  }
}
