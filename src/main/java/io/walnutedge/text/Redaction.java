package io.walnutedge.text;

import java.util.regex.Pattern;

/**
 * Takes out of a text what a URL in it may hold of secrets: what stands before an at sign, where user and password are, and
 * behind a question mark. What is shown of a mistake may be the URL of a broker, whichever key it was written behind.
 * Stateless; any thread.
 */
public final class Redaction {
    private static final String HIDDEN = "****";

    /** Up to the last at sign of the line, for a password may have one, and blanks, quotes and slashes. */
    private static final Pattern USER = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:/{1,2}|(?<![^\\s'\"“\\[(=.])//).*@");

    /** Without a scheme, as in {@code user:password@host}, also where it was taken for the name of a file in a directory. */
    private static final Pattern BARE_USER = Pattern.compile("(?<![^\\s'\"“\\[(=/])[^\\s'\"“\\[(=/:@]+:[^\\s'\"]*@");

    private static final Pattern QUERY = Pattern.compile("(:/{1,2}[^\\s?]*\\?)[^\\s'\"]*");

    private Redaction() {}

    public static String of(String text) {
        var users = USER.matcher(text).replaceAll("$1" + HIDDEN + "@");
        var queries = QUERY.matcher(users).replaceAll("$1" + HIDDEN);
        return BARE_USER.matcher(queries).replaceAll(HIDDEN + "@");
    }
}
