package io.walnutedge.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** What a store may suffer; by bytes, apart from the daemon's own code. */
enum Damage {
    TRUNCATED {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            var file = any(segments, random);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(random.nextInt((int) channel.size() / 2));
            }
            return SEGMENT;
        }
    },
    ZERO_FILLED {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            var file = any(segments, random);
            var bytes = Files.readAllBytes(file);
            var from = random.nextInt(bytes.length / 2);
            Arrays.fill(bytes, from, from + random.nextInt(bytes.length - from), (byte) 0);
            Files.write(file, bytes);
            return SEGMENT;
        }
    },
    ALL_ZEROS {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            var file = any(segments, random);
            Files.write(file, new byte[(int) Files.size(file)]);
            return SEGMENT;
        }
    },
    BITS_FLIPPED {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            for (var file : segments) {
                var bytes = Files.readAllBytes(file);
                for (var i = 0; i < FLIPS; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, bytes);
            }
            return segments.size() * FLIPS * 2;
        }
    },
    /** The header of a later version, sound in itself; 8 bytes magic, 4 version, 8 number, 4 CRC-32C. */
    ALIEN_VERSION {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            var file = any(segments, random);
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            bytes.putInt(8, 99);
            var crc = new CRC32C();
            crc.update(bytes.slice(0, 20));
            bytes.putInt(20, (int) crc.getValue());
            Files.write(file, bytes.array());
            return SEGMENT;
        }
    },
    DIRECTORY {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            var file = any(segments, random);
            Files.delete(file);
            Files.createDirectory(file);
            Files.writeString(file.resolve("inside"), "not a segment");
            return SEGMENT;
        }
    },
    TWICE {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            var last = segments.get(segments.size() - 1);
            var number = Long.parseLong(last.getFileName().toString().replace(".log", ""));
            Files.copy(
                    any(segments, random),
                    last.resolveSibling(String.format("%016d.log", number + 1)),
                    StandardCopyOption.REPLACE_EXISTING);
            return 0;
        }
    },
    MARK_DAMAGED {
        @Override
        int strike(List<Path> segments, Random random) throws IOException {
            var bytes = new byte[4096];
            random.nextBytes(bytes);
            Files.write(segments.get(0).resolveSibling("mark"), bytes);
            return 0;
        }
    };

    /** The most readings in a segment of 256 KiB, each with 60 bytes at least. */
    private static final int SEGMENT = 256 * 1024 / 60;

    private static final int FLIPS = 5;

    /** Damages a store; how many readings may be lost by it. */
    abstract int strike(List<Path> segments, Random random) throws IOException;

    /** Not the first: most of it is done perhaps. */
    private static Path any(List<Path> segments, Random random) {
        return segments.get(1 + random.nextInt(segments.size() - 1));
    }
}
