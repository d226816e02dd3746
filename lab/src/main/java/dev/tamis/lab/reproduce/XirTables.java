package dev.tamis.lab.reproduce;

import java.util.List;

/**
 * Chen, Lian, Li, Wang, Zheng, Chen: Cache-Augmented Inbatch Importance Resampling for Training
 * Recommender Retriever. NeurIPS 2022.
 */
final class XirTables {
  private static final String RATE = "learning-rate=0.01";

  private XirTables() {}

  static List<PublishedTable> all() {
    return List.of(table2(), figure3(), figure5(), figure6(), figure7());
  }

  private static PublishedTable.Builder table(String name, String title) {
    return new PublishedTable.Builder("xir", name, title, "random:0.8", "ndcg@10", "recall@10")
        .reading(
            "Other positives of a row stay among its negatives, as in the authors' code"
                + " (remove-accidental-hits=false).")
        .reading(
            "The cache is renewed as in the authors' code; the paper's is cache-refresh=paper.")
        .reading(
            "Users without test items are left out of means; the authors' code counts them as 0.");
  }

  private static PublishedTable table2() {
    return table("table-2", "In-batch softmax, corrected and resampled")
        .line("SSL", "ssl", RATE)
        .line("SSL-Pop", "ssl-pop", RATE)
        .line("MNS", "mixed-negatives", RATE)
        .line("G-Tower", "g-tower", RATE)
        .line("BIR", "bir", RATE)
        .line("XIR", "xir", RATE)
        .prints(
            """
                    | gowalla       | amazon        | ta-feng       | echonest      | tmall
            SSL     | 0.1381 0.1105 | 0.0718 0.0753 | 0.0437 0.0375 | 0.1436 0.1350 | 0.0340 0.0354
            SSL-Pop | 0.1479 0.1124 | 0.0764 0.0777 | 0.0625 0.0506 | 0.1609 0.1502 | 0.0547 0.0544
            MNS     | 0.1486 0.1130 | 0.0781 0.0796 | 0.0634 0.0514 | 0.1648 0.1537 | 0.0561 0.0558
            G-Tower | 0.1500 0.1176 | 0.0764 0.0798 | 0.0496 0.0415 | 0.1600 0.1504 | 0.0429 0.0440
            BIR     | 0.1523 0.1157 | 0.0833 0.0848 | 0.0675 0.0549 | 0.1682 0.1568 | 0.0590 0.0588
            XIR     | 0.1543 0.1169 | 0.0877 0.0895 | 0.0730 0.0589 | 0.1842 0.1703 | 0.0658 0.0651
            """)
        .build();
  }

  private static PublishedTable figure3() {
    return table("figure-3", "How many negatives are resampled; the paper prints no numbers")
        .line("SSL-Pop", "ssl-pop", RATE)
        .sweep(
            "BIR", "bir", RATE, "resample", "4", "8", "16", "32", "64", "128", "256", "512", "1024")
        .build();
  }

  private static PublishedTable figure5() {
    return table("figure-5", "How large the cache is; the paper prints no numbers")
        .line("BIR", "bir", RATE)
        .sweep("XIR", "xir", RATE, "cache", "1024", "2048", "4096", "8192")
        .build();
  }

  private static PublishedTable figure6() {
    return table("figure-6", "The share of the cache; the paper prints no numbers")
        .sweep("XIR", "xir", RATE, "cache-share", "0", "0.2", "0.5", "0.8", "1")
        .build();
  }

  private static PublishedTable figure7() {
    String[] sizes = {"256", "512", "1024", "2048", "4096", "8192"};
    return table("figure-7", "How large batches are; the paper prints no numbers")
        .sweep("SSL-Pop", "ssl-pop", RATE, "batch-size", sizes)
        .sweep("BIR", "bir", RATE, "batch-size", sizes)
        .reading("The paper tunes learning rate and weight decay for each size; here they stay.")
        .build();
  }
}
