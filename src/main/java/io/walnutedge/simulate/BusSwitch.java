package io.walnutedge.simulate;

import io.walnutedge.hardware.I2cTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A TCA9548A (datasheet SCPS207H, 8.6.2): its one register is the mask of its connected channels. Any thread. */
final class BusSwitch implements I2cTarget {
    private volatile int mask;

    @Override
    public void write(byte[] bytes) {
        if (bytes.length > 0) {
            mask = bytes[bytes.length - 1] & 0xff;
        }
    }

    @Override
    public byte[] read(int count) {
        var answer = new byte[count];
        Arrays.fill(answer, (byte) mask);
        return answer;
    }

    boolean connects(int channel) {
        return (mask >> channel & 1) != 0;
    }

    /** All chips of one address behind switches: the one whose channel is connected answers. */
    static final class Behind implements I2cTarget {
        private record Place(BusSwitch through, int channel, I2cTarget chip) {}

        private final List<Place> places = new ArrayList<>();

        synchronized void add(BusSwitch through, int channel, I2cTarget chip) {
            places.add(new Place(through, channel, chip));
        }

        private synchronized I2cTarget connected() throws IOException {
            for (var place : places) {
                if (place.through.connects(place.channel)) {
                    return place.chip;
                }
            }
            throw new IOException("Remote I/O error");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            connected().write(bytes);
        }

        @Override
        public byte[] read(int count) throws IOException {
            return connected().read(count);
        }
    }
}
