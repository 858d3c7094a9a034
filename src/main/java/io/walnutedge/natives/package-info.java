/**
 * Where the machine code of other people's jars comes from: one directory, which the installation made, and nowhere else.
 *
 * <p>Left to themselves the three unpack it at run time. jSerialComm (2.11.4, static initializer of {@code SerialPort})
 * first loads whatever lies in {@code jSerialComm/2.11.4} below {@code java.io.tmpdir} and {@code user.home}, where anybody
 * may have put it, and unpacks into it with mode 0777. JNA ({@code Native.loadNativeDispatchLibrary}) and Pi4J
 * ({@code NativeLibraryLoader.load}) unpack into a temporary file. Each has a property that names a directory; only
 * Pi4J's is final, the others fall back when the library there does not load. So {@link NativeCode#require} checks the
 * directory, names it to them and closes the ways back.
 */
@NullMarked
package io.walnutedge.natives;

import org.jspecify.annotations.NullMarked;
