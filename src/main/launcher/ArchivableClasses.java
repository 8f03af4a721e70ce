import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar with its classes in a form of which the archive of classes takes all, and which does the same: {@code java
 * ArchivableClasses.java FROM TO}. Needs Java 24 or newer.
 *
 * <ul>
 *   <li>Classes in the form of Java 5 are verified in the old way, at each start, and neither they nor what is made of them is ever
 *       archived. They get a newer form, in which each method says what is on its stack.
 *   <li>picocli looks for subcommands among all methods of each command, those of {@link Object} too, and has their annotations made for
 *       it. No command of the program is a method, so it need not.
 *   <li>{@code equals}, {@code hashCode} and {@code toString} of records are put together by the JVM at their first use, which takes a
 *       command longer than to run them. They are spelled out.
 * </ul>
 */
final class ArchivableClasses {
    /** From this version on a class tells what verifying takes. */
    private static final int TELLS = 51;

    private static final int JAVA_8 = 52;

    /** Where in a class file the lower half of its version stands. */
    private static final int VERSION_AT = 7;

    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");

    private final ClassFile files;

    private ArchivableClasses(ClassLoader loader) {
        files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String... arguments) throws Exception {
        Path from = Path.of(arguments[0]);
        Path to = Path.of(arguments[1]);
        Path unfinished = to.resolveSibling(to.getFileName() + ".new");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                JarFile jar = new JarFile(from.toFile());
                OutputStream file = Files.newOutputStream(unfinished);
                JarOutputStream out = new JarOutputStream(file)) {
            ArchivableClasses classes = new ArchivableClasses(loader);
            for (JarEntry entry : Collections.list(jar.entries())) {
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    out.write(entry.getName().endsWith(".class") ? classes.archivable(bytes) : bytes);
                }
                out.closeEntry();
            }
        }
        Files.move(unfinished, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] archivable(byte[] bytes) {
        if (bytes[VERSION_AT] < TELLS) {
            return newer(bytes);
        }
        ClassModel model = files.parse(bytes);
        return model.findAttribute(Attributes.record())
                .map(components -> files.transformClass(model, spelledOut(model, components)))
                .orElse(bytes);
    }

    private byte[] newer(byte[] old) {
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(JAVA_8, 0);
            } else {
                builder.with(element);
            }
        };
        ClassFile withStackMaps = files.withOptions(
                ClassFile.ConstantPoolSharingOption.NEW_POOL, ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
        return withStackMaps.transformClass(
                withStackMaps.parse(old),
                version.andThen(ClassTransform.transformingMethodBodies((code, element) -> code.with(element)))
                        .andThen(ClassTransform.transformingMethods(
                                method -> method.methodName().equalsString("initMethodSubcommands"),
                                (method, element) -> {
                                    if (element instanceof CodeModel) {
                                        method.withCode(CodeBuilder::return_);
                                    } else {
                                        method.with(element);
                                    }
                                })));
    }

    private static ClassTransform spelledOut(ClassModel type, RecordAttribute components) {
        return ClassTransform.transformingMethods(ArchivableClasses::isMadeByJvm, (builder, element) -> {
            if (!(element instanceof CodeModel code)) {
                builder.with(element);
                return;
            }
            ClassDesc self = type.thisClass().asSymbol();
            builder.withCode(body -> {
                switch (code.parent().orElseThrow().methodName().stringValue()) {
                    case "equals" -> equal(body, self, components.components());
                    case "hashCode" -> hash(body, self, components.components());
                    default -> text(body, self, simpleName(type), components.components());
                }
            });
        });
    }

    /** The compiler leaves those alone that somebody has written. */
    private static boolean isMadeByJvm(MethodModel method) {
        return method.code().stream()
                .flatMap(CodeModel::elementStream)
                .anyMatch(element -> element instanceof InvokeDynamicInstruction call
                        && call.bootstrapMethod().owner().equals(ClassDesc.of("java.lang.runtime.ObjectMethods")));
    }

    private static void equal(CodeBuilder body, ClassDesc self, List<RecordComponentInfo> components) {
        Label differs = body.newLabel();
        body.aload(1).instanceOf(self).ifeq(differs);
        for (RecordComponentInfo component : components) {
            ClassDesc type = component.descriptorSymbol();
            get(body, 0, self, component);
            body.aload(1).checkcast(self);
            body.getfield(self, component.name().stringValue(), type);
            switch (TypeKind.from(type)) {
                case REFERENCE ->
                    body.invokestatic(
                                    OBJECTS,
                                    "equals",
                                    of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                            .ifeq(differs);
                case LONG -> body.lcmp().ifne(differs);
                case FLOAT, DOUBLE ->
                    body.invokestatic(boxed(type), "compare", of(ConstantDescs.CD_int, type, type))
                            .ifne(differs);
                default -> body.if_icmpne(differs);
            }
        }
        body.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
    }

    private static void hash(CodeBuilder body, ClassDesc self, List<RecordComponentInfo> components) {
        body.iconst_0();
        for (RecordComponentInfo component : components) {
            ClassDesc type = component.descriptorSymbol();
            body.bipush(31).imul();
            get(body, 0, self, component);
            if (type.isPrimitive()) {
                body.invokestatic(boxed(type), "hashCode", of(ConstantDescs.CD_int, type));
            } else {
                body.invokestatic(OBJECTS, "hashCode", of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
            }
            body.iadd();
        }
        body.ireturn();
    }

    private static void text(CodeBuilder body, ClassDesc self, String name, List<RecordComponentInfo> components) {
        body.new_(BUILDER).dup().invokespecial(BUILDER, ConstantDescs.INIT_NAME, of(ConstantDescs.CD_void));
        String before = name + "[";
        for (RecordComponentInfo component : components) {
            append(body.ldc(before + component.name().stringValue() + "="), ConstantDescs.CD_String);
            get(body, 0, self, component);
            append(body, appended(component.descriptorSymbol()));
            before = ", ";
        }
        append(body.ldc(components.isEmpty() ? before + "]" : "]"), ConstantDescs.CD_String);
        body.invokevirtual(BUILDER, "toString", of(ConstantDescs.CD_String)).areturn();
    }

    private static void get(CodeBuilder body, int local, ClassDesc self, RecordComponentInfo component) {
        body.aload(local).getfield(self, component.name().stringValue(), component.descriptorSymbol());
    }

    private static void append(CodeBuilder body, ClassDesc type) {
        body.invokevirtual(BUILDER, "append", of(BUILDER, type));
    }

    private static ClassDesc appended(ClassDesc type) {
        boolean isSmall = type.equals(ConstantDescs.CD_byte) || type.equals(ConstantDescs.CD_short);
        return isSmall ? ConstantDescs.CD_int : type.isPrimitive() ? type : ConstantDescs.CD_Object;
    }

    private static ClassDesc boxed(ClassDesc primitive) {
        return switch (primitive.descriptorString()) {
            case "Z" -> ConstantDescs.CD_Boolean;
            case "B" -> ConstantDescs.CD_Byte;
            case "S" -> ConstantDescs.CD_Short;
            case "C" -> ConstantDescs.CD_Character;
            case "I" -> ConstantDescs.CD_Integer;
            case "J" -> ConstantDescs.CD_Long;
            case "F" -> ConstantDescs.CD_Float;
            default -> ConstantDescs.CD_Double;
        };
    }

    /** As {@link Class#getSimpleName} has it, without loading the class. */
    private static String simpleName(ClassModel type) {
        return type.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(inner -> inner.classes().stream())
                .filter(inner -> inner.innerClass().equals(type.thisClass()))
                .flatMap(inner -> inner.innerName().stream())
                .map(Object::toString)
                .findFirst()
                .orElseGet(() -> type.thisClass().asSymbol().displayName());
    }

    private static MethodTypeDesc of(ClassDesc result, ClassDesc... parameters) {
        return MethodTypeDesc.of(result, parameters);
    }
}
