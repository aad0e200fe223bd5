package io.orrery.cli.command;

import io.orrery.job.JobBody;
import io.orrery.workflowfile.process.JavaJobs;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs that are classes on a class path. They may do whatever this process may. */
final class ClassPathJobs implements JavaJobs {

    private final ClassLoader loader;

    private ClassPathJobs(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Jobs in these jars and folders.
     *
     * @throws IllegalArgumentException if one of them is not there
     */
    static JavaJobs of(List<String> places) {
        var urls = new ArrayList<URL>();
        for (String place : places) {
            Path path = Path.of(place);
            if (!Files.exists(path)) {
                throw new IllegalArgumentException(
                        "A class path has jars and folders, but there is no \"" + place + "\". Check its path.");
            }
            try {
                urls.add(path.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("every path has an address", e);
            }
        }
        return new ClassPathJobs(new URLClassLoader(urls.toArray(URL[]::new), JobBody.class.getClassLoader()));
    }

    private @Nullable Class<?> find(String name) {
        try {
            Class<?> found = Class.forName(name, false, loader);
            return JobBody.class.isAssignableFrom(found) ? found : null;
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    @Override
    public boolean knows(String name) {
        return find(name) != null;
    }

    @Override
    public JobBody<?> body(String name, Map<String, Object> with) {
        Class<?> found = find(name);
        if (found == null) {
            throw new IllegalArgumentException("There is no class \"" + name
                    + "\" that implements JobBody on the class path. Name the jar that it is in by --class-path.");
        }
        try {
            for (Constructor<?> constructor : found.getConstructors()) {
                if (List.of(constructor.getParameterTypes()).equals(List.of(Map.class))) {
                    return (JobBody<?>) constructor.newInstance(with);
                }
            }
            if (!with.isEmpty()) {
                throw new IllegalArgumentException("Class \"" + name
                        + "\" can be given nothing: it has no public constructor with a Map. Drop \"with\", or"
                        + " add one.");
            }
            return (JobBody<?>) found.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "Class \"" + name + "\" can't be made a job: " + cause
                            + ". Give it a public constructor without parameters or with a Map.",
                    e);
        }
    }
}
