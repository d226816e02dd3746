package dev.tamis.data.read;

/** How rows and fields are laid out in a text file. */
public enum Format {
  /** Whatever the first lines look like. */
  AUTO("auto"),
  /** RFC 4180: fields may be in double quotes, a quote inside is doubled. */
  CSV("csv"),
  /** One tab between fields; no quoting, so a double quote is part of the field. */
  TSV("tsv"),
  /** {@code ::} between fields, as MovieLens writes; no quoting. */
  DOUBLE_COLON("double-colon"),
  /** Any run of spaces or tabs between fields; no quoting, no empty fields. */
  WHITESPACE("whitespace"),
  /** One JSON object a line. */
  JSON_LINES("json-lines");

  private final String word;

  Format(String word) {
    this.word = word;
  }

  /** The name as users write it. */
  public String word() {
    return word;
  }
}
