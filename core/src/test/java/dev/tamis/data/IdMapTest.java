package dev.tamis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tamis.config.TamisException;
import org.junit.jupiter.api.Test;

/** An id is its bytes of UTF-8, so that what has none is no id. */
class IdMapTest {
  /** Java's own encoder would make a question mark of each of them. */
  @Test
  void halfAPairOfSurrogatesIsNoId() {
    for (String half : new String[] {"\ud800", "\udc00", "a\ud801b", "\udc00\ud800"}) {
      assertThatThrownBy(() -> IdMap.of("?", half))
          .isInstanceOfSatisfying(
              TamisException.class,
              e -> assertThat(e.kind()).isEqualTo(TamisException.Kind.BAD_DATA))
          .hasMessageStartingWith("an id is not valid Unicode: character ")
          .hasMessageContaining("half of a surrogate pair");
    }
    assertThatThrownBy(() -> IdMap.of("ab\ud801"))
        .hasMessage(
            "an id is not valid Unicode: character 3 of it is \\ud801, half of a surrogate pair;"
                + " write both halves or none");
  }

  @Test
  void halfAPairOfSurrogatesIsNotFound() {
    IdMap ids = IdMap.of("?", "a?b", "\ud83d\ude00");
    assertThat(ids.index("\ud800")).isEqualTo(-1);
    assertThat(ids.index("a\udc00b")).isEqualTo(-1);
    assertThat(ids.index("?")).isZero();
    assertThat(ids.id(ids.index("\ud83d\ude00"))).isEqualTo("\ud83d\ude00");
  }
}
