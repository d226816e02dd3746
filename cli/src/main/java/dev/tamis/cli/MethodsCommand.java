package dev.tamis.cli;

import dev.tamis.config.Option;
import dev.tamis.method.Method;
import dev.tamis.method.Methods;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tamis methods}: what there is to train. */
@Command(
    name = "methods",
    header = "List the methods, or one with its options.",
    footer = {
      "  tamis methods",
      "  tamis methods bpr",
    })
final class MethodsCommand implements Callable<Integer> {
  @ParentCommand private Tamis tamis;
  @Mixin private ConsoleOptions common;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "A method, to see its options.")
  private String name;

  @Override
  public Integer call() {
    Console console = common.console(tamis.terminal());
    if (name == null) {
      list(console);
    } else {
      describe(console, Methods.named(name));
    }
    return 0;
  }

  private static void list(Console console) {
    if (console.json()) {
      List<Map<String, Object>> all = new ArrayList<>();
      Methods.all().forEach(method -> all.add(tree(method)));
      console.json(Map.of("methods", all));
      return;
    }
    List<String[]> rows = new ArrayList<>();
    for (Method<?> method : Methods.all()) {
      rows.add(new String[] {method.name(), method.summary() + "\n" + method.citation()});
    }
    HelpLayout.table(rows).forEach(console::line);
    console.note("");
    console.note("tamis methods NAME shows the options of one");
  }

  private static void describe(Console console, Method<?> method) {
    if (console.json()) {
      console.json(tree(method));
      return;
    }
    console.line(console.bold(method.name()) + ": " + method.summary());
    console.line(method.citation());
    console.line("");
    if (method.options().isEmpty()) {
      console.line("It has no options.");
      return;
    }
    console.line("Options and their defaults, for train --set option=value:");
    List<String[]> rows = new ArrayList<>();
    for (Option<?> option : method.options()) {
      String text = meaning(option) + "\n" + option.allowed();
      rows.add(new String[] {option.name(), defaultText(option), text});
    }
    HelpLayout.table(rows).forEach(console::line);
  }

  private static Map<String, Object> tree(Method<?> method) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", method.name());
    tree.put("summary", method.summary());
    tree.put("citation", method.citation());
    List<Map<String, Object>> options = new ArrayList<>();
    for (Option<?> option : method.options()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", option.name());
      entry.put("default", defaultText(option));
      entry.put("allowed", option.allowed());
      entry.put("meaning", option.meaning());
      entry.put("aliases", option.aliases());
      options.add(entry);
    }
    tree.put("options", options);
    return tree;
  }

  private static <T> String defaultText(Option<T> option) {
    return option.format(option.defaultValue());
  }

  private static String meaning(Option<?> option) {
    return option.aliases().isEmpty()
        ? option.meaning()
        : option.meaning() + " (also: " + String.join(", ", option.aliases()) + ")";
  }
}
