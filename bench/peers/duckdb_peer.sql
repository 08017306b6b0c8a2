-- One row per claim line with its ten outcomes: 0 fail, 1 unknown, 2 pass, 3 absent.
CREATE OR REPLACE TEMP TABLE outcome AS
WITH judged AS (
    SELECT
        c.line, c.application, c.basis, c.level, c.grade, c.target_credits, c.from_uthm,
        CASE WHEN c.basis = 1 THEN 3 WHEN c.level IS NULL THEN 1
             WHEN c.level BETWEEN 2 AND 4 THEN 2 ELSE 0 END::UTINYINT AS direction,
        CASE WHEN c.basis = 1 THEN 3 WHEN c.prior_outcome IS NULL THEN 1
             WHEN c.prior_outcome = 0 THEN 2 ELSE 0 END::UTINYINT AS prior_outcome,
        CASE WHEN c.grade IS NULL OR c.grade = 14 THEN 1
             WHEN c.grade <= 6 THEN 2 ELSE 0 END::UTINYINT AS minimum_grade,
        CASE WHEN c.content_overlap IS NULL THEN 1
             WHEN c.content_overlap >= 800000 THEN 2 ELSE 0 END::UTINYINT AS content_overlap,
        CASE WHEN c.basis = 1 THEN 3 WHEN c.accredited IS NULL THEN 1
             WHEN c.accredited THEN 2 ELSE 0 END::UTINYINT AS accreditation,
        CASE WHEN c.transferred_before OR c.claimed_before THEN 0
             WHEN coalesce(c.transferred_before, c.claimed_before) IS NULL THEN 1
             ELSE 2 END::UTINYINT AS not_transferred_before,
        CASE WHEN c.source_credits IS NULL THEN 1
             WHEN c.source_credits >= c.target_credits THEN 2 ELSE 0 END::UTINYINT AS credit_value,
        CASE WHEN c.completed_on IS NULL THEN 1
             WHEN c.completed_on + INTERVAL 5 YEAR >= a.applied_on THEN 2 ELSE 0 END::UTINYINT AS currency,
        CASE WHEN c.basis = 1 THEN 2 WHEN a.semester IS NULL THEN 1
             WHEN a.semester = 1 THEN 2 ELSE 0 END::UTINYINT AS "window",
        CASE WHEN c.basis = 0 THEN 3 WHEN c.approved_beforehand IS NULL THEN 1
             WHEN c.approved_beforehand THEN 2 ELSE 0 END::UTINYINT AS approved_beforehand
    FROM claims AS c JOIN applications AS a USING (application)
)
SELECT *, least(direction, prior_outcome, minimum_grade, content_overlap, accreditation,
                not_transferred_before, credit_value, currency, "window", approved_beforehand) AS verdict
FROM judged;

-- One row per application: four sums of passing credits, and whether any limit binds.
CREATE OR REPLACE TEMP TABLE limits AS
WITH totals AS (
    SELECT
        application,
        coalesce(sum(target_credits) FILTER (basis = 0 AND level <> 4), 0)::BIGINT AS vertical_limit,
        coalesce(sum(target_credits) FILTER (basis = 1 AND NOT from_uthm), 0)::BIGINT AS open_learning_limit,
        coalesce(sum(target_credits) FILTER (basis = 1 OR level <> 4), 0)::BIGINT AS overall_limit,
        coalesce(sum(target_credits) FILTER (basis = 0 AND level <> 4 AND grade > 4), 0)::BIGINT
            AS vertical_below_b
    FROM outcome WHERE verdict = 2 GROUP BY application
), filled AS (
    SELECT
        a.application, a.graduating_credits::BIGINT AS credits, coalesce(a.mqa_accredited, false) AS accredited,
        coalesce(t.vertical_limit, 0) AS vertical_limit,
        coalesce(t.open_learning_limit, 0) AS open_learning_limit,
        coalesce(t.overall_limit, 0) AS overall_limit,
        coalesce(t.vertical_below_b, 0) AS vertical_below_b
    FROM applications AS a LEFT JOIN totals AS t USING (application)
)
SELECT
    application, vertical_limit, open_learning_limit, overall_limit, vertical_below_b,
    vertical_limit > credits * CASE WHEN accredited THEN 50 ELSE 30 END // 1000000 * 10000
        OR vertical_below_b > credits * 30 // 1000000 * 10000
        OR open_learning_limit > credits * 30 // 1000000 * 10000
        OR overall_limit > credits * 60 // 1000000 * 10000 AS binds
FROM filled;
