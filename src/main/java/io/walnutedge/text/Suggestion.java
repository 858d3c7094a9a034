package io.walnutedge.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The nearest of the words that would have been accepted. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code "; did you mean 'every'?"}, or nothing where no word is near. */
    public static String of(String wrong, Collection<String> accepted) {
        return accepted.stream()
                .filter(word -> distance(wrong, word) <= Math.max(1, Math.min(wrong.length(), word.length()) / 3))
                .min(Comparator.comparingInt((String word) -> distance(wrong, word))
                        .thenComparing(Comparator.naturalOrder()))
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }

    /** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, case aside. */
    public static int distance(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var cost = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
