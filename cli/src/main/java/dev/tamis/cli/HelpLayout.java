package dev.tamis.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
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

  private HelpLayout() {}

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
    usage.width(100);
    command.getSubcommands().values().forEach(HelpLayout::everyVerb);
  }
}
