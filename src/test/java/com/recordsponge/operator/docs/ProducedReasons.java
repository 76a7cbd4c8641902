package com.recordsponge.operator.docs;

import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds in the compiled code every text that may become the reason of a condition: each one in CamelCase of a class that
 * has, or calls, a method or constructor with a parameter named {@code reason}. Those that become none are few; whoever
 * asks knows them.
 */
final class ProducedReasons {

    private static final Pattern CAMEL_CASE = Pattern.compile("[A-Z]+[a-z]+[A-Za-z]*");
    private static final String PARAMETER = "reason";

    private record Method(String owner, String name, String descriptor) {}

    private ProducedReasons() {}

    /** @param classes the folder of compiled classes; they name their parameters */
    static Set<String> candidates(Path classes) throws IOException {
        var models = read(classes);
        var givingReasons = models.stream()
                .flatMap(type -> type.methods().stream()
                        .filter(ProducedReasons::takesReason)
                        .map(method -> new Method(
                                type.thisClass().asInternalName(),
                                method.methodName().stringValue(),
                                method.methodType().stringValue())))
                .collect(Collectors.toSet());
        return models.stream().collect(groupingBy(ProducedReasons::topLevelClass)).values().stream()
                .filter(nest -> concernedWithReasons(nest, givingReasons))
                .flatMap(nest -> nest.stream().flatMap(ProducedReasons::texts))
                .filter(text -> CAMEL_CASE.matcher(text).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<ClassModel> read(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(ProducedReasons::parse)
                    .toList();
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String topLevelClass(ClassModel type) {
        return type.thisClass().asInternalName().replaceFirst("\\$.*", "");
    }

    private static boolean takesReason(MethodModel method) {
        return method.findAttribute(Attributes.methodParameters()).stream()
                .flatMap(attribute -> attribute.parameters().stream())
                .flatMap(parameter -> parameter.name().stream())
                .map(Utf8Entry::stringValue)
                .anyMatch(PARAMETER::equals);
    }

    private static boolean concernedWithReasons(Collection<ClassModel> nest, Set<Method> givingReasons) {
        return nest.stream()
                .flatMap(type -> Stream.concat(
                        type.methods().stream()
                                .map(method -> new Method(
                                        type.thisClass().asInternalName(),
                                        method.methodName().stringValue(),
                                        method.methodType().stringValue())),
                        instructions(type, InvokeInstruction.class)
                                .map(call -> new Method(
                                        call.owner().asInternalName(),
                                        call.name().stringValue(),
                                        call.type().stringValue()))))
                .anyMatch(givingReasons::contains);
    }

    private static Stream<String> texts(ClassModel type) {
        return instructions(type, LoadConstantInstruction.class)
                .map(LoadConstantInstruction::constantValue)
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static <I extends CodeElement> Stream<I> instructions(ClassModel type, Class<I> kind) {
        return type.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }
}
