package dev.tamis.data.read;

import java.util.List;
import java.util.Locale;

/** What a column may be read as, and the names by which it is known. */
enum Role {
  USER(
      "user",
      List.of(
          "userid",
          "user",
          "uid",
          "customerid",
          "customer",
          "visitorid",
          "visitor",
          "reviewerid",
          "memberid",
          "accountid",
          "username")),
  ITEM(
      "item",
      List.of(
          "itemid",
          "item",
          "iid",
          "movieid",
          "productid",
          "parentasin",
          "asin",
          "artistid",
          "trackid",
          "songid",
          "bookid",
          "isbn",
          "businessid",
          "locationid",
          "venueid",
          "articleid",
          "gameid",
          "sku",
          "movie",
          "product",
          "artist",
          "track",
          "song",
          "book",
          "article")),
  RATING(
      "rating",
      List.of(
          "rating",
          "ratings",
          "weight",
          "count",
          "score",
          "stars",
          "plays",
          "playcount",
          "overall",
          "quantity",
          "value",
          "preference")),
  TIMESTAMP(
      "timestamp",
      List.of("timestamp", "time", "ts", "unixtime", "unixreviewtime", "unixtimestamp"));

  final String word;
  final List<String> aliases;

  Role(String word, List<String> aliases) {
    this.word = word;
    this.aliases = aliases;
  }

  /** Which column of these names has this role: by the first alias that is there; or -1. */
  int among(List<String> names) {
    List<String> plain = names.stream().map(Role::plain).toList();
    for (String alias : aliases) {
      int index = plain.indexOf(alias);
      if (index >= 0) {
        return index;
      }
    }
    return -1;
  }

  /** Whether a field is the name of a column, and hence its row a header. */
  static boolean isName(String field) {
    if (field.matches("[^:]+:(token|token_seq|float|float_seq)")) {
      return true;
    }
    String plain = plain(field);
    for (Role role : values()) {
      if (role.aliases.contains(plain)) {
        return true;
      }
    }
    return false;
  }

  /** A name without the type that RecBole's atomic files add: {@code user_id:token}. */
  static String untyped(String name) {
    int colon = name.indexOf(':');
    return colon > 0 ? name.substring(0, colon) : name;
  }

  /** A name as it is compared with the usual ones: without type, case and marks. */
  static String plain(String name) {
    return untyped(name).strip().toLowerCase(Locale.ROOT).replaceAll("[_\\- .]", "");
  }
}
