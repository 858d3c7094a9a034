package io.walnutedge.outbox.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that notes what is done to it, fails when it is told to, and can be rebuilt as a power cut may leave it.
 */
final class MemoryDisk implements Disk {
    static final String NO_SPACE = "No space left on device";
    static final String READ_ONLY = "Read-only file system";
    private static final int SECTOR = 512;

    /** What happens to names is noted apart from what happens to contents: a sync of one is none of the other. */
    private enum Kind {
        CREATE,
        MOVE,
        DELETE,
        SYNC_NAMES,
        WRITE,
        FORCE;

        boolean isName() {
            return this == CREATE || this == MOVE || this == DELETE;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Op(
            Kind kind, @Nullable Path path, @Nullable Path to, Inode inode, int at, byte[] bytes) {}

    /** Called before each operation with its name; throws to make it fail. */
    interface Fault {
        void before(String operation) throws IOException;
    }

    static final class Inode {
        byte[] bytes = new byte[0];
        int open;

        void write(int at, byte[] from) {
            if (bytes.length < at + from.length) {
                bytes = Arrays.copyOf(bytes, at + from.length);
            }
            System.arraycopy(from, 0, bytes, at, from.length);
        }
    }

    private static final Inode NONE = new Inode();

    private final TreeMap<Path, Inode> names = new TreeMap<>();
    private final Map<Path, Inode> originals = new TreeMap<>();
    private final List<Op> ops = new ArrayList<>();
    private final List<Path> locked = new ArrayList<>();
    private boolean exists;
    Fault fault = operation -> {};
    long capacity = Long.MAX_VALUE;
    long bytesWritten;
    int openFiles;
    /** As of vfat, exFAT, FUSE: a file that nobody has open gets another number each time. */
    boolean inodesChange;

    /** Operations that change something, so far. */
    int operations() {
        return ops.size();
    }

    long bytesUsed() {
        return names.values().stream().mapToLong(inode -> inode.bytes.length).sum();
    }

    List<String> fileNames() {
        return names.keySet().stream().map(MemoryDisk::name).toList();
    }

    byte[] bytes(Path path) {
        return inode(path).bytes;
    }

    private Inode inode(Path path) {
        var inode = names.get(path);
        if (inode == null) {
            throw new IllegalArgumentException(path + " is not on this disk");
        }
        return inode;
    }

    void put(Path path, byte[] bytes) {
        var inode = new Inode();
        inode.bytes = bytes;
        names.put(path, inode);
        exists = true;
    }

    void remove(Path path) {
        names.remove(path);
    }

    /** The same contents, all durable, nothing noted. */
    MemoryDisk copy() {
        var copy = new MemoryDisk();
        names.forEach((path, inode) -> copy.put(path, inode.bytes.clone()));
        copy.exists = exists;
        return copy;
    }

    /** What may be left when the power goes after so many operations on what this disk started from. */
    MemoryDisk afterPowerCut(MemoryDisk before, int operations, Random random) {
        var image = before.copy();
        image.exists = true;
        var byInode = new HashMap<Inode, Inode>();
        originals.forEach((path, inode) -> byInode.put(inode, image.inode(path)));
        var done = ops.subList(0, operations);
        var namesKept = namesKept(done, random);
        var forces = forces(done);
        for (var i = 0; i < operations; i++) {
            var op = done.get(i);
            var inode = byInode.computeIfAbsent(op.inode(), key -> new Inode());
            if (op.kind().isName() && i < namesKept) {
                image.applyName(op, inode);
            } else if (op.kind() == Kind.WRITE) {
                applyWrite(op, inode, forces.getOrDefault(op.inode(), 0) > i, random);
            }
        }
        return image;
    }

    /** Changes of names become durable in their order (a journal); all up to the last sync, some more. */
    private static int namesKept(List<Op> done, Random random) {
        var synced = 0;
        for (var i = 0; i < done.size(); i++) {
            if (done.get(i).kind() == Kind.SYNC_NAMES) {
                synced = i;
            }
        }
        return synced + random.nextInt(done.size() - synced + 1);
    }

    /** The last operation that forced each file. */
    private static Map<Inode, Integer> forces(List<Op> done) {
        var forces = new HashMap<Inode, Integer>();
        for (var i = 0; i < done.size(); i++) {
            if (done.get(i).kind() == Kind.FORCE) {
                forces.put(done.get(i).inode(), i);
            }
        }
        return forces;
    }

    private void applyName(Op op, Inode inode) {
        var path = Objects.requireNonNull(op.path());
        switch (op.kind()) {
            case CREATE -> names.put(path, inode);
            case DELETE -> names.remove(path);
            default -> {
                names.remove(path);
                names.put(Objects.requireNonNull(op.to()), inode);
            }
        }
    }

    private static void applyWrite(Op op, Inode inode, boolean forced, Random random) {
        var fate = forced ? 0 : random.nextInt(3);
        if (fate == 0) {
            inode.write(op.at(), op.bytes());
        } else if (fate == 1) {
            var from = 0;
            while (from < op.bytes().length) {
                var to = Math.min(op.bytes().length, from + SECTOR - (op.at() + from) % SECTOR);
                if (random.nextBoolean()) {
                    inode.write(op.at() + from, Arrays.copyOfRange(op.bytes(), from, to));
                }
                from = to;
            }
        }
    }

    /** From here on operations are noted, for {@link #afterPowerCut}; the state now is the one to give it. */
    MemoryDisk startNoting() {
        ops.clear();
        originals.clear();
        originals.putAll(names);
        return copy();
    }

    @Override
    public boolean createDirectories(Path dir) throws IOException {
        fault.before("mkdir");
        var made = !exists;
        exists = true;
        return made;
    }

    @Override
    public List<Listed> list(Path dir) throws IOException {
        fault.before("list");
        return names.keySet().stream().map(path -> new Listed(name(path), true)).toList();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    @Override
    public boolean exists(Path path) {
        return names.containsKey(path);
    }

    @Override
    public DiskFile openRead(Path path) throws IOException {
        fault.before("open");
        return opened(path);
    }

    @Override
    public DiskFile open(Path path) throws IOException {
        fault.before("open to write");
        return opened(path);
    }

    private DiskFile opened(Path path) throws IOException {
        var inode = names.get(path);
        if (inode == null) {
            throw new NoSuchFileException(path.toString());
        }
        return new MemoryFile(inode);
    }

    @Override
    public DiskFile create(Path path) throws IOException {
        fault.before("create");
        var inode = new Inode();
        names.put(path, inode);
        ops.add(new Op(Kind.CREATE, path, null, inode, 0, new byte[0]));
        return new MemoryFile(inode);
    }

    @Override
    public void delete(Path path) throws IOException {
        fault.before("delete");
        var inode = names.remove(path);
        if (inode == null) {
            throw new NoSuchFileException(path.toString());
        }
        ops.add(new Op(Kind.DELETE, path, null, inode, 0, new byte[0]));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        fault.before("move");
        var inode = names.remove(from);
        if (inode == null) {
            throw new NoSuchFileException(from.toString());
        }
        names.put(to, inode);
        ops.add(new Op(Kind.MOVE, from, to, inode, 0, new byte[0]));
    }

    @Override
    public void syncDirectory(Path dir) throws IOException {
        fault.before("sync directory");
        ops.add(new Op(Kind.SYNC_NAMES, dir, null, NONE, 0, new byte[0]));
    }

    @Override
    public Closeable lock(Path path) throws IOException {
        fault.before("lock");
        if (locked.contains(path)) {
            throw new IOException(path + " is locked");
        }
        if (!names.containsKey(path)) {
            create(path).close();
        }
        locked.add(path);
        return () -> locked.remove(path);
    }

    @Override
    public Object identity(Path path) throws IOException {
        if (path.equals(Store.DIR) && exists) {
            return this;
        }
        var inode = names.get(path);
        if (inode == null) {
            throw new NoSuchFileException(path.toString());
        }
        return inodesChange && inode.open == 0 && !locked.contains(path) ? new Object() : inode;
    }

    @Override
    public boolean isFull(IOException failure) {
        return NO_SPACE.equals(failure.getMessage());
    }

    @Override
    public boolean isRefused(IOException failure) {
        return READ_ONLY.equals(failure.getMessage());
    }

    private final class MemoryFile implements DiskFile {
        private final Inode inode;
        private boolean open = true;

        MemoryFile(Inode inode) {
            this.inode = inode;
            openFiles++;
            inode.open++;
        }

        @Override
        public long size() {
            return inode.bytes.length;
        }

        @Override
        public int readAt(ByteBuffer to, long position) throws IOException {
            fault.before("read");
            check();
            var length = (int) Math.min(to.remaining(), inode.bytes.length - position);
            if (length <= 0) {
                return -1;
            }
            to.put(inode.bytes, (int) position, length);
            return length;
        }

        @Override
        public void writeAt(ByteBuffer from, long position) throws IOException {
            check();
            try {
                fault.before("write");
            } catch (IOException e) {
                // a write that fails has often written a part
                var part = new byte[from.remaining() / 2];
                from.get(part);
                write(part, position);
                throw e;
            }
            var growth = Math.max(0, position + from.remaining() - inode.bytes.length);
            if (bytesUsed() + growth > capacity) {
                throw new IOException(NO_SPACE);
            }
            var bytes = new byte[from.remaining()];
            from.get(bytes);
            write(bytes, position);
        }

        private void write(byte[] bytes, long position) {
            inode.write((int) position, bytes);
            bytesWritten += bytes.length;
            ops.add(new Op(Kind.WRITE, null, null, inode, (int) position, bytes));
        }

        @Override
        public void force() throws IOException {
            fault.before("force");
            check();
            ops.add(new Op(Kind.FORCE, null, null, inode, 0, new byte[0]));
        }

        private void check() {
            if (!open) {
                throw new IllegalStateException("the file is closed");
            }
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                openFiles--;
                inode.open--;
            }
        }
    }
}
