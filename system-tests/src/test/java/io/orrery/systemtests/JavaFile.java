package io.orrery.systemtests;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** What a Java file is made of, as javac's parser sees it. */
record JavaFile(Path path, int lines, String packageName, List<Type> types, List<Method> methods) {
    /** A class, interface, enum or record at the top level. */
    record Type(String name, boolean isPublic) {}

    /** A method or explicit constructor, from its first modifier or annotation to its closing brace. */
    record Method(String name, int lines, int parameters) {}

    static List<JavaFile> parse(Collection<Path> paths) throws IOException {
        if (paths.isEmpty()) {
            return List.of();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = new ArrayList<JavaFile>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(paths));
            for (var unit : task.parse()) {
                files.add(of(unit, Trees.instance(task)));
            }
        }
        return files;
    }

    /** Of module-info and package-info, which have no code. */
    boolean isDescription() {
        return path.endsWith("module-info.java") || path.endsWith("package-info.java");
    }

    private static JavaFile of(CompilationUnitTree unit, Trees trees) {
        var path = Path.of(unit.getSourceFile().toUri());
        var packageName =
                unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        var types = unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .map(type -> new Type(
                        type.getSimpleName().toString(),
                        type.getModifiers().getFlags().contains(Modifier.PUBLIC)))
                .toList();
        return new JavaFile(path, (int) Project.read(path).lines().count(), packageName, types, methods(unit, trees));
    }

    private static List<Method> methods(CompilationUnitTree unit, Trees trees) {
        var methods = new ArrayList<Method>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                int lines = line(method, true) - line(method, false) + 1;
                methods.add(new Method(
                        method.getName().toString(),
                        lines,
                        method.getParameters().size()));
                return super.visitMethod(method, null);
            }

            private int line(Tree tree, boolean end) {
                var positions = trees.getSourcePositions();
                long position = end ? positions.getEndPosition(unit, tree) : positions.getStartPosition(unit, tree);
                return (int) unit.getLineMap().getLineNumber(position);
            }
        }.scan(unit, null);
        return methods;
    }
}
