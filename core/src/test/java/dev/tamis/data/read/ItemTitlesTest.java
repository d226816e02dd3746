package dev.tamis.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import dev.tamis.data.IdMap;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Titles are found by item id, and what does not fit is counted or refused. */
class ItemTitlesTest {
  private static final IdMap ITEMS = IdMap.of("1", "2", "3");

  @TempDir Path directory;

  @Test
  void titlesAreBroughtToTheItems() {
    ItemTitles read = read("movieId,title,genres\n3,\"Three, and more\",x\n1,One,y\n9,Nine,z\n");
    assertThat(read.titles()).containsExactly("One", "", "Three, and more");
    assertThat(read.unknownItems()).isOne();
    assertThat(read.untitled()).isOne();
  }

  @Test
  void withoutHeaderTheFirstTwoColumnsAreRead() {
    assertThat(read("1::One (1999)::Drama\n2::Two::\n").titles())
        .containsExactly("One (1999)", "Two", "");
  }

  @Test
  void refusesWhatCannotBeRead() {
    refused(
        "item\tgenre\n1\tx\n",
        ":1: no title column among item, genre; name the columns item and title");
    refused("item\ttitle\n1\tx\n1\ty\n", ":3:1: item '1' comes twice; expected it once");
    refused("item\ttitle\ttitle\n", ":1: two columns are named 'title'; rename one");
    refused("item\titem\ttitle\n", ":1: two columns are named 'item'; rename one");
    refused("", ": is empty; expected rows of item and title");
    refused("\n\n", ": has nothing but blank lines; expected rows of item and title");
    refused("item\ttitle\n1\n", ":2: has 1 columns; expected an item and a title");
  }

  private void refused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(TamisException.class)
        .hasMessage(directory.resolve("titles") + message);
  }

  private ItemTitles read(String text) {
    return ItemTitles.read(InputFiles.text(directory, "titles", text), ITEMS);
  }
}
