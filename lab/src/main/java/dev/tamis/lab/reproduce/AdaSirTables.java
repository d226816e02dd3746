package dev.tamis.lab.reproduce;

import java.util.List;

/**
 * Chen, Lian, Jin, Zheng, Chen: Learning Recommenders for Implicit Feedback with Importance
 * Resampling. WWW 2022.
 */
final class AdaSirTables {
  private static final String WEIGHTED = "rank-weight=code weight-decay=0.1";

  private AdaSirTables() {}

  static List<PublishedTable> all() {
    return List.of(table2(), figure3(), figure4());
  }

  private static PublishedTable.Builder table(String name, String title) {
    return new PublishedTable.Builder("adasir", name, title, "random:0.8", "ndcg@50", "recall@50")
        .reading(
            "Negatives are weighted as in the authors' code, whose sign is the other way round than"
                + " the paper's; the paper's is --set weight=paper.")
        .reading("All users with test items are averaged over; the authors' code draws 5,000.");
  }

  private static PublishedTable table2() {
    return table("table-2", "AdaSIR beside other samplers of negatives")
        .line("BPR", "bpr", "")
        .line("AOBPR", "aobpr", "")
        .line("WARP", "warp", "negatives=10 batch-size=4096 epochs=30")
        .line("IRGAN", "irgan", "generator-batch-size=64")
        .line("DNS", "dns", "")
        .line("SRNS", "srns", "")
        .line("PRIS(U)", "pris", "sampler=uniform")
        .line("PRIS(P)", "pris", "sampler=popularity")
        .line("Kernel", "kernel-sampling", "")
        .line("AdaSIR(U)", "adasir", "sampler=uniform")
        .line("AdaSIR(P)", "adasir", "sampler=popularity")
        .line("AdaSIR-W", "adasir", WEIGHTED)
        .prints(
            """
                      | gowalla       | yelp          | amazon
            BPR       | 0.1214 0.1985 | 0.0520 0.1070 | 0.0473 0.1108
            AOBPR     | 0.1385 0.2417 | 0.0677 0.1346 | 0.0563 0.1303
            WARP      | 0.1248 0.2240 | 0.0636 0.1332 | 0.0542 0.1267
            IRGAN     | 0.1443 0.2242 | 0.0695 0.1367 | 0.0627 0.1395
            DNS       | 0.1412 0.1839 | 0.0693 0.1425 | 0.0615 0.1378
            SRNS      | 0.1317 0.2152 | 0.0493 0.1017 | 0.0344 0.0774
            PRIS(U)   | 0.1334 0.2217 | 0.0639 0.1273 | 0.0607 0.1377
            PRIS(P)   | 0.1385 0.2282 | 0.0673 0.1342 | 0.0697 0.1463
            Kernel    | 0.1399 0.2264 | 0.0658 0.1315 | 0.0700 0.1495
            AdaSIR(U) | 0.1489 0.2500 | 0.0732 0.1523 | 0.0731 0.1505
            AdaSIR(P) | 0.1519 0.2516 | 0.0731 0.1525 | 0.0740 0.1534
            AdaSIR-W  | 0.1503 0.2543 | 0.0761 0.1529 | 0.0795 0.1655
            """)
        .reading(
            "WARP tries up to 10 items, as LightFM does unless told otherwise, in batches of 4,096"
                + " for 30 epochs; the papers try up to 50.")
        .reading(
            "IRGAN's generator takes 64 users a step, whose losses are summed, so that they share"
                + " matrix products: ten times as fast as the one user of its authors' code.")
        .reading(
            "AdaSIR-W weighs positives by rank as in the authors' code: the direction that the"
                + " paper describes (rank-weight=paper) stays far below its numbers.")
        .build();
  }

  private static PublishedTable figure3() {
    return table("figure-3", "The same on generalised matrix factorisation; no numbers printed")
        .line("BPR", "bpr", "score=gmf epochs=200")
        .line("PRIS(U)", "pris", "score=gmf epochs=200")
        .line("PRIS(P)", "pris", "score=gmf sampler=popularity epochs=200")
        .line("AdaSIR(U)", "adasir", "score=gmf")
        .line("AdaSIR(P)", "adasir", "score=gmf sampler=popularity")
        .line("AdaSIR-W", "adasir", "score=gmf " + WEIGHTED)
        .build();
  }

  private static PublishedTable figure4() {
    PublishedTable.Builder table =
        table("figure-4", "How large pools are; the paper prints no numbers");
    for (String size : List.of("100", "200", "400", "1000", "2000")) {
      String candidates = " candidates=" + size;
      table
          .point("AdaSIR(U)", "adasir", "sampler=uniform" + candidates, "pool", size)
          .point("AdaSIR(P)", "adasir", "sampler=popularity" + candidates, "pool", size)
          .point("AdaSIR-W", "adasir", WEIGHTED + candidates, "pool", size);
    }
    return table.build();
  }
}
