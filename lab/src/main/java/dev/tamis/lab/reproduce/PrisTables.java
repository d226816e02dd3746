package dev.tamis.lab.reproduce;

import java.util.List;

/**
 * Lian, Liu, Chen: Personalized Ranking with Importance Sampling. WWW 2020.
 *
 * <p>The weight of L2 is the paper's coefficient over its batch of 128 rows.
 */
final class PrisTables {
  private static final String SPLIT = "random:0.8";
  private static final String HALF = "l2=0.00390625"; // a coefficient of .5
  private static final String TWO = "l2=0.015625"; // of 2

  private static final String SLOWER = "learning-rate=0.0005";

  private PrisTables() {}

  static List<PublishedTable> all() {
    return List.of(table2(), table3(), figure3(), figure4(), figure5());
  }

  private static PublishedTable.Builder table(String name, String title) {
    return new PublishedTable.Builder("pris", name, title, SPLIT, "ndcg@50", "recall@50")
        .reading("The gradient flows through the importance weights, as in the authors' code.")
        .reading("A negative that the user has is drawn again, as in the authors' code.")
        .reading(
            "All users with test items are averaged over, where the authors' code takes up to"
                + " 50,000.");
  }

  private static PublishedTable table2() {
    return table("table-2", "PRIS beside baselines of 32 dimensions")
        .line("WRMF", "wrmf", "")
        .line("CML", "cml", "batch-size=4096 epochs=12")
        .line("WARP", "warp", "negatives=10 batch-size=4096 epochs=30")
        .line("BPR", "bpr", "")
        .line("AOBPR", "aobpr", "")
        .tuned(
            "gowalla",
            "optimizer=adam-sparse learning-rate=0.001 negatives=5 batch-size=512 l2=0.0078"
                + " rank-scale=2000 epochs=36")
        .line("SA", "self-adversarial", "")
        .tuned("gowalla", HALF)
        .line("PRIS", "pris", "sampler=cluster-popularity-joint")
        .tuned("gowalla", SLOWER)
        .prints(
            """
                  | citeulike     | gowalla       | amazon        | movielens     | echonest
            WRMF  | 0.1239 0.2710 | 0.1329 0.2242 | 0.0631 0.1445 | 0.2958 0.5047 | 0.1187 0.2219
            CML   | 0.1293 0.2775 | 0.1245 0.2337 | 0.0742 0.1593 | 0.2606 0.4772 | 0.1413 0.2530
            WARP  | 0.0878 0.1912 | 0.1555 0.2650 | 0.0560 0.1217 | 0.2432 0.4440 | 0.1111 0.2007
            BPR   | 0.1269 0.2772 | 0.1216 0.2048 | 0.0499 0.1171 | 0.2460 0.4425 | 0.0940 0.1829
            AOBPR | 0.0990 0.2208 | 0.1385 0.2369 | 0.0563 0.1303 | 0.2623 0.4780 | 0.1040 0.2063
            SA    | 0.1328 0.2872 | 0.1400 0.2355 | 0.0629 0.1423 | 0.2973 0.5145 | 0.1196 0.2259
            PRIS  | 0.1514 0.3129 | 0.1719 0.2816 | 0.0849 0.1799 | 0.3186 0.5335 | 0.1475 0.2595
            """)
        .reading(
            "WARP tries up to 10 items, as LightFM does unless told otherwise, in batches of 4,096"
                + " for 30 epochs; the papers try up to 50.")
        .reading("CML runs 12 epochs in batches of 4,096, the paper's are of 50,000.")
        .reading(
            "SA has the numbers of U in table 3: it is U without the gradient through the weights.")
        .build();
  }

  private static PublishedTable table3() {
    return table("table-3", "PRIS with its samplers")
        .line("U", "pris", "sampler=uniform")
        .tuned("citeulike", TWO)
        .tuned("gowalla", HALF)
        .line("P", "pris", "sampler=popularity")
        .tuned("citeulike", TWO)
        .tuned("gowalla", HALF)
        .line("CU", "pris", "sampler=cluster-uniform")
        .tuned("citeulike", TWO)
        .tuned("gowalla", SLOWER)
        .line("CP", "pris", "sampler=cluster-popularity")
        .tuned("citeulike", TWO)
        .tuned("gowalla", SLOWER)
        .line("CUJ", "pris", "sampler=cluster-uniform-joint")
        .tuned("citeulike", TWO)
        .tuned("gowalla", SLOWER)
        .line("CPJ", "pris", "sampler=cluster-popularity-joint")
        .tuned("citeulike", TWO)
        .tuned("gowalla", SLOWER)
        .line("Exact", "pris", "sampler=exact")
        .tuned("gowalla", SLOWER)
        .prints(
            """
                  | citeulike     | gowalla       | amazon        | movielens     | echonest
            U     | 0.1328 0.2872 | 0.1400 0.2355 | 0.0629 0.1423 | 0.2973 0.5145 | 0.1196 0.2259
            P     | 0.1443 0.3033 | 0.1457 0.2420 | 0.0701 0.1554 | 0.3133 0.5315 | 0.1286 0.2401
            CU    | 0.1413 0.2993 | 0.1660 0.2746 | 0.0776 0.1676 | 0.3102 0.5284 | 0.1362 0.2460
            CP    | 0.1505 0.3159 | 0.1706 0.2803 | 0.0824 0.1760 | 0.3162 0.5320 | 0.1440 0.2567
            CUJ   | 0.1507 0.3135 | 0.1720 0.2822 | 0.0824 0.1762 | 0.3177 0.5330 | 0.1476 0.2611
            CPJ   | 0.1514 0.3129 | 0.1719 0.2816 | 0.0849 0.1799 | 0.3186 0.5335 | 0.1475 0.2595
            Exact | 0.1428 0.3017 | 0.1695 0.2811 | -             | 0.3143 0.5339 | -
            """)
        .build();
  }

  private static PublishedTable figure3() {
    String[] negatives = {"5", "10", "15", "20", "25", "30"};
    return table("figure-3", "How many negatives are drawn; the paper prints no numbers")
        .sweep("U", "pris", "sampler=uniform", "negatives", negatives)
        .sweep("CUJ", "pris", "sampler=cluster-uniform-joint", "negatives", negatives)
        .sweep("BPR", "bpr", "", "negatives", negatives)
        .build();
  }

  private static PublishedTable figure4() {
    return table("figure-4", "How wide vectors are; the paper prints no numbers")
        .sweep(
            "CP", "pris", "sampler=cluster-popularity", "dim", "8", "16", "32", "64", "128", "256")
        .build();
  }

  private static PublishedTable figure5() {
    return table("figure-5", "How many clusters there are; the paper prints no numbers")
        .sweep(
            "CP",
            "pris",
            "sampler=cluster-popularity",
            "clusters",
            "50",
            "100",
            "150",
            "200",
            "250",
            "300")
        .build();
  }
}
