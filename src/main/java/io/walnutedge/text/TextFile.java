package io.walnutedge.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that people write, as text: UTF-8 (RFC 3629) and nothing else, with or without a byte order mark in front. What is
 * not is refused with its line, and with the encoding that it probably has, because replacement characters would be taken
 * for what was meant. Stateless; any thread.
 */
public final class TextFile {
    /** Longer than anything that people write; files such as /dev/zero never end. */
    static final int LARGEST = 4 * 1024 * 1024;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** The file is no text in UTF-8. */
    public static final class EncodingException extends IOException {
        private static final long serialVersionUID = 1;

        private final int line;

        EncodingException(int line, String message) {
            super(message);
            this.line = line;
        }

        /** From 1. */
        public int line() {
            return line;
        }
    }

    private TextFile() {}

    /**
     * The whole text, without its byte order mark.
     *
     * @throws EncodingException if it is in another encoding; the message is one for people
     * @throws IOException if it cannot be read or is larger than 4 MiB
     */
    public static String read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("is larger than " + LARGEST / 1024 / 1024 + " MiB");
            }
            return decode(bytes);
        }
    }

    /**
     * The same for what was read already.
     *
     * @throws EncodingException as {@link #read}
     */
    public static String decode(byte[] bytes) throws EncodingException {
        refuseWide(bytes);
        var in = ByteBuffer.wrap(bytes);
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw new EncodingException(line(bytes, in.position()), guess(bytes));
        }
    }

    /** Of UTF-16 and UTF-32, each unit of a character of ASCII has a zero, which no text of UTF-8 has. */
    private static void refuseWide(byte[] bytes) throws EncodingException {
        if (begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff)) {
            throw new EncodingException(1, cure("UTF-16"));
        }
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                var isWide = i < 2 || (bytes.length > i + 2 && bytes[i + 2] == 0);
                throw new EncodingException(
                        line(bytes, i), isWide ? cure("UTF-16") : "is not a text: there is a zero byte");
            }
        }
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    private static int line(byte[] bytes, int before) {
        var line = 1;
        for (var i = 0; i < before; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static String guess(byte[] bytes) {
        if (!decodes(bytes, "GBK")) {
            return cure("ISO-8859-1", "Latin-1");
        }
        return isChinese(bytes)
                ? cure("GBK")
                : "is not UTF-8 and looks like Latin-1, or else GBK: save it as UTF-8, e.g. iconv -f ISO-8859-1 -t UTF-8 FILE, or"
                        + " with -f GBK";
    }

    private static String cure(String name) {
        return cure(name, name);
    }

    private static String cure(String name, String spoken) {
        return "is not UTF-8 and looks like " + spoken + ": save it as UTF-8, e.g. iconv -f " + name + " -t UTF-8 FILE";
    }

    private static boolean decodes(byte[] bytes, String charset) {
        try {
            Charset.forName(charset).newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }

    /**
     * Whether at least half of the pairs of bytes are among the common ones of GB 2312 (rows 1 to 9, punctuation, and 16 to
     * 55, characters of level 1): an accented letter of Latin-1 and what follows it is a pair of GBK too, but a rare one.
     */
    private static boolean isChinese(byte[] bytes) {
        var pairs = 0;
        var common = 0;
        for (var i = 0; i + 1 < bytes.length; i++) {
            var lead = bytes[i] & 0xff;
            if (lead >= 0x80) {
                pairs++;
                var isCommon = (lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xd7);
                common += isCommon && (bytes[i + 1] & 0xff) >= 0xa1 ? 1 : 0;
                i++;
            }
        }
        return common * 2 >= pairs;
    }
}
